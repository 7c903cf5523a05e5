package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Prompt;

/**
 * A request for a message.
 *
 * @param streamed whether the client wants events
 * @param thinks whether blocks of thoughts are part of the answer
 */
record MessagesRequest(Prompt prompt, boolean streamed, boolean thinks, Caching caching) {
    /** Whether the client asked for the prompt to be cached, and for how long. */
    enum Caching {
        NONE,
        FIVE_MINUTES,
        ONE_HOUR
    }
}
