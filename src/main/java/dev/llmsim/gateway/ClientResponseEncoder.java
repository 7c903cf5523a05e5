package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Encodes answers. Is told when the request in hand is a HEAD, whose answer has headers about a body and no body, and to which
 * session it belongs, which the answer then says.
 */
final class ClientResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;
    private @Nullable String sessionOrNull;

    void answering(boolean head) {
        toHead = head;
        sessionOrNull = null;
    }

    /** The request in hand belongs to a session that the client named. */
    void inSession(String id) {
        sessionOrNull = id;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean alwaysEmpty) {
        // Other headers leave as they came; the library would drop content-length from some answers.
        if (sessionOrNull != null && response.status().code() >= 200) {
            response.headers().set(SessionNaming.HEADER, sessionOrNull);
        }
    }
}
