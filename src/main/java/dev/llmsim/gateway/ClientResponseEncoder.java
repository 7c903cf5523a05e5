package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.AnswerForm;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes the answers of one connection, each in the form that its request asks for. */
final class ClientResponseEncoder extends HttpResponseEncoder {
    private final AnswerForm form;

    ClientResponseEncoder(AnswerForm form) {
        this.form = form;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return form.isToHead() || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean alwaysEmpty) {
        // Other headers leave as they came; the library would drop content-length from some answers.
        if (response.status().code() >= 200) {
            form.sign(response.headers());
        }
    }
}
