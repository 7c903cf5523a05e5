package dev.llmsim.provider.simulation;

import dev.llmsim.provider.conversation.Usage;

/**
 * What an answer took: its time, the statistics and the limits follow from that.
 *
 * @param model the id that was asked for; empty where no model works
 * @param shownTokens the tokens that {@link Piece#tokens} counts
 * @param streamed whether the client sees the tokens as they come
 * @param reach what follows from it for the answer that tells of it
 * @param busySeconds how long all of it takes a model whose mean TTFT is 600 ms, whatever it is asked in; its tokens are then
 *     steps of equal length. 0 where the tokens take the time
 */
public record Work(String model, Usage usage, int shownTokens, boolean streamed, double busySeconds, Reach reach) {
    /** What follows from work. */
    public enum Reach {
        /** Its answer takes its time, and it counts. */
        ALL,
        /** It counts, and its answer does not wait for it: it goes on in the background. */
        COUNT,
        /** Its answer takes its time; it was counted when it was begun. */
        TIME
    }

    /** No model works: a list, an error, a stored object. */
    public static final Work NONE = new Work("", new Usage(0, 0, 0, 0, 0), 0, false);

    /** The work of a model whose tokens take its time. */
    public Work(String model, Usage usage, int shownTokens, boolean streamed) {
        this(model, usage, shownTokens, streamed, 0);
    }

    /** The work of a model that takes so long. */
    public Work(String model, Usage usage, int shownTokens, boolean streamed, double busySeconds) {
        this(model, usage, shownTokens, streamed, busySeconds, Reach.ALL);
    }

    /** The same work where only this follows from it. */
    public Work with(Reach newReach) {
        return new Work(model, usage, shownTokens, streamed, busySeconds, newReach);
    }

    /** Whether the statistics have it from the answer that tells of it. */
    public boolean counts() {
        return reach != Reach.TIME;
    }
}
