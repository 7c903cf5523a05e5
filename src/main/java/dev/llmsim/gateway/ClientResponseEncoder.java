package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes answers. Is told when the request in hand is a HEAD, whose answer has headers about a body and no body. */
final class ClientResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    void answering(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean alwaysEmpty) {
        // Headers leave as they came; the library would drop content-length from some answers.
    }
}
