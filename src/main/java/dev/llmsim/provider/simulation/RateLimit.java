package dev.llmsim.provider.simulation;

/** What providers limit the use of a model by, each per minute. */
public enum RateLimit {
    REQUESTS,
    /** Of the prompt and of the answer together. */
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS
}
