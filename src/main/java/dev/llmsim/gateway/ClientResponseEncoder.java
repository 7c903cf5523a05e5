package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.AnswerEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Encodes answers. Is told when the request in hand is a HEAD, whose answer has headers about a body and no body, and to which
 * session it belongs, which the answer then says.
 */
final class ClientResponseEncoder extends HttpResponseEncoder implements AnswerEncoder {
    private boolean toHead;
    private @Nullable String sessionOrNull;

    @Override
    public void answering(boolean head) {
        toHead = head;
        sessionOrNull = null;
    }

    @Override
    public void inSession(String id) {
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
            response.headers().set(SESSION_HEADER, sessionOrNull);
        }
    }
}
