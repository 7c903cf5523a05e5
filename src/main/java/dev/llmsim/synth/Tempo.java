package dev.llmsim.synth;

import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;

/** How fast the answer of one call will be played: it is asked while the answer is written, which may tell of its own time. */
public interface Tempo {
    /** Everything at once. */
    Tempo AT_ONCE = new Tempo() {
        @Override
        public void seeded(long seed) {}

        @Override
        public Timeline timeline(Work work) {
            return Timeline.AT_ONCE;
        }
    };

    /** Makes times of this call depend on {@code seed} alone. */
    void seeded(long seed);

    /** When the answer to {@code work} is played; the same for the same work. */
    Timeline timeline(Work work);
}
