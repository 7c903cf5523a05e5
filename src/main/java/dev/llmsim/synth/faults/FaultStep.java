package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;

/** What is to be done next with an answer that passes. Steps are taken one after the other. */
public sealed interface FaultStep {
    /** Takes this step with {@code hands}. */
    void take(Hands hands);

    /** Who takes steps. */
    interface Hands {
        void send(Bytes bytes);

        void pause(long micros);

        void note(Fault fault);

        void end(Ending ending);
    }

    /** These bytes of the body leave. */
    record Send(Bytes bytes) implements FaultStep {
        @Override
        public void take(Hands hands) {
            hands.send(bytes);
        }
    }

    /** Nothing leaves for so long. */
    record Pause(long micros) implements FaultStep {
        @Override
        public void take(Hands hands) {
            hands.pause(micros);
        }
    }

    /** {@code fault} takes place here. */
    record Note(Fault fault) implements FaultStep {
        @Override
        public void take(Hands hands) {
            hands.note(fault);
        }
    }

    /** The answer ends here, whatever else would come; the last step. */
    record End(Ending ending) implements FaultStep {
        @Override
        public void take(Hands hands) {
            hands.end(ending);
        }
    }
}
