package dev.llmsim.gateway.connection;

import io.netty.util.AsciiString;

/** What writes the answers on a client's connection, and is told on what in the request in hand their form depends. */
public interface AnswerEncoder {
    /** Says in a request to which session it belongs, and in the answer to which it did. */
    AsciiString SESSION_HEADER = AsciiString.cached("x-llmsim-session");

    /** Whether the request in hand is a HEAD, whose answer has headers about a body and no body. It belongs to no session yet. */
    void answering(boolean toHead);

    /** The request in hand belongs to a session that the client named. */
    void inSession(String id);
}
