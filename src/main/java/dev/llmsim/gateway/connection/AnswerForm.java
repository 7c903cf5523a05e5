package dev.llmsim.gateway.connection;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * On what in the request in hand the form of its answer depends. Shared by the handler of a connection's requests, which says
 * it, and the encoder of its answers, which asks; on the connection's loop only.
 */
public final class AnswerForm {
    /** Says in a request to which session it belongs, and in the answer to which it did. */
    public static final AsciiString SESSION_HEADER = AsciiString.cached("x-llmsim-session");

    private boolean toHead;
    private @Nullable String sessionOrNull;

    /** Whether the request in hand is a HEAD, whose answer has headers about a body and no body. It belongs to no session yet. */
    public void answering(boolean head) {
        toHead = head;
        sessionOrNull = null;
    }

    /** The request in hand belongs to a session that the client named. */
    public void inSession(String id) {
        sessionOrNull = id;
    }

    public boolean isToHead() {
        return toHead;
    }

    /** Says in the headers of an answer, which is no interim one, to which session it belongs. */
    public void sign(HttpHeaders headers) {
        if (sessionOrNull != null) {
            headers.set(SESSION_HEADER, sessionOrNull);
        }
    }
}
