package dev.llmsim.provider.conversation;

/**
 * Tokens that an answer cost.
 *
 * @param prompt all tokens of the prompt, cached ones included
 * @param completion all tokens of the answer over all choices, thoughts included
 * @param reasoning those of them that were thoughts
 * @param cacheRead those of the prompt that came from the provider's prompt cache
 * @param cacheWritten those of the prompt that went into it
 */
public record Usage(int prompt, int completion, int reasoning, int cacheRead, int cacheWritten) {
    public Usage {
        if (prompt < 0
                || reasoning < 0
                || completion < reasoning
                || cacheRead < 0
                || cacheRead + cacheWritten > prompt) {
            throw new IllegalArgumentException(
                    "usage: " + prompt + " prompt, " + completion + " completion, " + reasoning + " reasoning, "
                            + cacheRead + " read, " + cacheWritten + " written (expected: parts within their wholes)");
        }
    }

    /** The same for a client that is not told of a cache. */
    public Usage uncached() {
        return new Usage(prompt, completion, reasoning, 0, 0);
    }

    public int total() {
        return prompt + completion;
    }
}
