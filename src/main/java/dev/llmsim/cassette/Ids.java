package dev.llmsim.cassette;

import dev.llmsim.exchange.Request;

/** Gives the first id of a request: its operation and 8 hexadecimal digits of its key ({@code openai-chat-3f9a12c4}). */
@FunctionalInterface
public interface Ids {
    /** The id, without a repeat number. Equal requests have equal ids. */
    String baseOf(Request request);
}
