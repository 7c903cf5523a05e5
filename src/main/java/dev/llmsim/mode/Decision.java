package dev.llmsim.mode;

import dev.llmsim.exchange.Response;
import dev.llmsim.provider.Upstream;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.synth.faults.Fault;
import java.util.List;

/** What the gateway does next with one request. Every request ends in exactly one of these. */
public sealed interface Decision {
    /** Pass upstream's answer through unchanged, keeping a copy where {@code keep} says so. */
    record Forward(Upstream upstream, boolean keep) implements Decision {}

    /**
     * Answer without a network: the head at once it is due, then each frame when its schedule says.
     *
     * @param work what it took, for the statistics; none where it is not known
     * @param faults that were done to it; where there are some, its offsets are at the pace that it is played at
     */
    record Respond(Response response, Origin origin, Work work, List<Fault> faults) implements Decision {
        public Respond(Response response, Origin origin) {
            this(response, origin, Work.NONE);
        }

        public Respond(Response response, Origin origin, Work work) {
            this(response, origin, work, List.of());
        }

        /** The same, after {@code done} made it {@code faulty}. */
        public Respond with(Response faulty, List<Fault> done) {
            return new Respond(faulty, origin, work, done);
        }
    }

    /** Answer with the provider's own error envelope. */
    record Refuse(Refusal refusal) implements Decision {}
}
