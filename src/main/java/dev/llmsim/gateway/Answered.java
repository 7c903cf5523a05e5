package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.telemetry.Counter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;

/** The gateway has answered by itself, at once, and drops what is left of the request. */
final class Answered implements Stage {
    /** A longer rest of a body is not worth waiting for: the connection is closed instead. */
    private static final long MAX_DROPPED_BYTES = 256 << 10;

    private final Exchange exchange;
    private final boolean keeps;
    private long droppedBytes;
    private boolean written;

    private Answered(Exchange exchange, boolean keeps) {
        this.exchange = exchange;
        this.keeps = keeps;
    }

    /** Sends {@code answer}. */
    static Answered with(Exchange exchange, OwnAnswer answer) {
        boolean keeps = !answer.closes() && mayKeep(exchange);
        Answered stage = new Answered(exchange, keeps);
        stage.send(answer);
        return stage;
    }

    private static boolean mayKeep(Exchange exchange) {
        if (exchange.requestDone()) {
            return exchange.keepsAlive();
        }
        boolean longBody = HttpUtil.getContentLength(exchange.wire(), 0L) > MAX_DROPPED_BYTES;
        return !longBody && !HttpUtil.is100ContinueExpected(exchange.wire()) && HttpUtil.isKeepAlive(exchange.wire());
    }

    private void send(OwnAnswer answer) {
        exchange.answered(answer.status(), "gateway");
        exchange.sent(answer.body().length());
        exchange.counters().increment(Counter.OWN_ANSWERS);
        FullHttpResponse response = answer.response();
        if (!OwnPages.isPrivate(exchange.wire().uri())) {
            Cors.permit(response.headers());
        }
        exchange.announce(response.headers(), keeps);
        exchange.ctx().writeAndFlush(response).addListener(done -> {
            written = true;
            endIfDone();
        });
    }

    @Override
    public void content(HttpContent content) {
        droppedBytes += content.content().readableBytes();
        content.release();
        endIfDone();
    }

    private void endIfDone() {
        if (!written) {
            return;
        }
        if (exchange.requestDone()) {
            exchange.end(Ending.COMPLETE, keeps ? Closing.KEEP : Closing.LINGER);
        } else if (!keeps || droppedBytes > MAX_DROPPED_BYTES) {
            exchange.end(Ending.COMPLETE, Closing.LINGER);
        }
    }

    @Override
    public void clientGone() {
        exchange.end(written ? Ending.COMPLETE : Ending.CLIENT_CANCELLED, Closing.CLOSE);
    }

    @Override
    public void abandon() {
        exchange.end(Ending.COMPLETE, Closing.CLOSE);
    }
}
