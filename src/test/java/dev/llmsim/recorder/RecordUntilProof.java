package dev.llmsim.recorder;

import dev.llmsim.store.H2Tape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Records one exchange and never ends its proof; says on standard output when it is durable and being proved. */
final class RecordUntilProof {
    private RecordUntilProof() {}

    /** Arguments: the tape's directory, the slot and the name of the exchange. */
    public static void main(String[] arguments) {
        RecorderSteps known = SelfDescribing.steps();
        RecorderSteps steps = new RecorderSteps(known.redactHead(), known.develop(), known.label(), (onTape, sent) -> {
            System.out.println("durable, not proved");
            awaitForEver();
            return Optional.empty();
        });
        Recorder recorder = Recorder.start(
                H2Tape.open(Path.of(arguments[0])),
                RecorderSettings.of("crash", WriteRule.RECORD),
                steps,
                RecorderListener.NONE);
        new SelfDescribing(arguments[1], arguments[2]).play(recorder);
        awaitForEver();
    }

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
