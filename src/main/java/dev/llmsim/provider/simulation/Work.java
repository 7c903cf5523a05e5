package dev.llmsim.provider.simulation;

import dev.llmsim.provider.conversation.Usage;

/**
 * What an answer took: its time, the statistics and the limits follow from that.
 *
 * @param model the id that was asked for; empty where no model works
 * @param shownTokens the tokens that {@link Piece#tokens} counts
 * @param streamed whether the client sees the tokens as they come
 */
public record Work(String model, Usage usage, int shownTokens, boolean streamed) {
    /** No model works: a list, an error, a stored object. */
    public static final Work NONE = new Work("", new Usage(0, 0, 0, 0, 0), 0, false);
}
