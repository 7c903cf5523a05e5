package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.connection.Closing;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;

/** Collects a request whole, up to a limit, for those who cannot begin before it is there. */
final class Buffering implements Stage {
    /** Who waits for the whole request. */
    interface Reader {
        /** The request is there; {@code trailers} came after a chunked body. */
        void whole(Exchange exchange, Bytes body, HttpHeaders trailers);

        /** There is more than the limit, or there will be. */
        void tooLong(Exchange exchange);
    }

    private final Exchange exchange;
    private final Reader reader;
    private final long maxBytes;
    private final List<Bytes> parts = new ArrayList<>();
    private long bytes;
    private boolean over;

    Buffering(Exchange exchange, Reader reader, long maxBytes) {
        this.exchange = exchange;
        this.reader = reader;
        this.maxBytes = maxBytes;
    }

    /** Refuses at once what is announced as too long; tells a client that asks to go on sending. */
    void begin() {
        exchange.become(this);
        if (HttpUtil.getContentLength(exchange.wire(), 0L) > maxBytes) {
            refuse();
        } else if (exchange.speaksHttp11() && HttpUtil.is100ContinueExpected(exchange.wire())) {
            exchange.send(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void refuse() {
        cancel();
        reader.tooLong(exchange);
    }

    @Override
    public void content(HttpContent content) {
        try {
            if (!over) {
                collect(content);
            }
        } finally {
            content.release();
        }
    }

    private void collect(HttpContent content) {
        bytes += content.content().readableBytes();
        if (bytes > maxBytes) {
            refuse();
            return;
        }
        if (content.content().isReadable()) {
            parts.add(Wire.copy(content.content()));
        }
        if (content instanceof LastHttpContent last) {
            over = true;
            Bytes body = Bytes.concat(parts);
            parts.clear();
            reader.whole(exchange, body, last.trailingHeaders());
        }
    }

    @Override
    public void cancel() {
        over = true;
        parts.clear();
    }

    @Override
    public void clientGone() {
        cancel();
        exchange.end(Ending.CLIENT_CANCELLED, Closing.CLOSE);
    }

    @Override
    public void abandon() {
        cancel();
        exchange.stop();
    }
}
