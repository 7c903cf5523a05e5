package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.provider.SocketDialect;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket, from its opening to its end: one exchange of the connection, on which the requests that its messages stand for
 * are exchanges of their own. On the connection's loop only.
 */
final class SocketStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(SocketStage.class);
    private static final long MAX_AGE_MINUTES = 60;

    private final Exchange exchange;
    private final SocketDialect dialect;
    private final Runnable whenOver;
    private final SocketLanes lanes;
    private final int maxMessageBytes;
    private @Nullable Future<?> age;
    private boolean open;
    private boolean draining;
    private boolean over;

    /**
     * What a socket needs beside its exchange.
     *
     * @param whenOver runs once, when the socket is closed
     */
    record Setting(
            Deciding deciding, GatewayParts parts, SocketDialect dialect, int maxMessageBytes, Runnable whenOver) {}

    SocketStage(Exchange exchange, Setting setting) {
        this.exchange = exchange;
        this.dialect = setting.dialect();
        this.lanes = new SocketLanes(exchange, setting.deciding(), setting.parts(), dialect, this::idle);
        this.maxMessageBytes = setting.maxMessageBytes();
        this.whenOver = setting.whenOver();
    }

    @Override
    public void content(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        content.release();
        if (last) {
            open();
        }
    }

    private void open() {
        HttpRequest wire = exchange.wire();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(wire.uri(), null, false, maxMessageBytes).newHandshaker(wire);
        Channel channel = exchange.ctx().channel();
        if (handshaker == null) {
            var unused = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
                    .addListener(sent -> end(Closing.CLOSE));
            return;
        }
        exchange.answered(101, "gateway");
        HttpHeaders ours = new DefaultHttpHeaders().set("x-llmsim-source", "gateway");
        FullHttpRequest whole = new DefaultFullHttpRequest(
                wire.protocolVersion(),
                wire.method(),
                wire.uri(),
                Unpooled.EMPTY_BUFFER,
                wire.headers(),
                new DefaultHttpHeaders());
        handshaker.handshake(channel, whole, ours, channel.newPromise()).addListener(done -> {
            if (done.isSuccess()) {
                opened();
            } else {
                LOG.debug("A WebSocket could not be opened.", done.cause());
                end(Closing.CLOSE);
            }
        });
    }

    private void opened() {
        ChannelPipeline pipeline = exchange.ctx().pipeline();
        String last = exchange.ctx().name();
        pipeline.addBefore(last, null, new Utf8FrameValidator());
        pipeline.addBefore(last, null, new WebSocketFrameAggregator(maxMessageBytes));
        pipeline.addBefore(last, null, new Messages());
        open = true;
        age = exchange.loop().schedule(this::tooOld, MAX_AGE_MINUTES, TimeUnit.MINUTES);
        if (draining) {
            drain();
        }
    }

    /** What comes in, once the socket is open. */
    private final class Messages extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof TextWebSocketFrame text) {
                    received(text.text());
                } else if (message instanceof PingWebSocketFrame ping) {
                    var unused = ctx.writeAndFlush(
                            new PongWebSocketFrame(ping.content().retain()));
                } else if (message instanceof CloseWebSocketFrame close) {
                    int status =
                            close.statusCode() < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : close.statusCode();
                    close(new CloseWebSocketFrame(status, ""));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("A WebSocket is closed: {}", cause.toString());
            Closing.closeNow(ctx.channel());
        }
    }

    private void received(String text) {
        if (!over && !draining) {
            lanes.received(text);
        }
    }

    private void idle() {
        if (draining) {
            close(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
        }
    }

    private void say(String message) {
        exchange.send(new TextWebSocketFrame(message));
    }

    private void tooOld() {
        say(dialect.refusal("", SocketDialect.Wrong.TOO_OLD));
        close(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    private void close(CloseWebSocketFrame frame) {
        exchange.ctx().writeAndFlush(frame).addListener(sent -> end(Closing.LINGER));
    }

    private void end(Closing closing) {
        if (over) {
            return;
        }
        over = true;
        if (age != null) {
            age.cancel(false);
        }
        lanes.forEach(SocketLane::clientGone);
        whenOver.run();
        exchange.end(Ending.COMPLETE, closing);
    }

    @Override
    public void writabilityChanged() {
        lanes.forEach(SocketLane::writabilityChanged);
    }

    @Override
    public void drain() {
        draining = true;
        if (open && lanes.isIdle()) {
            close(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
        }
    }

    @Override
    public void clientGone() {
        end(Closing.CLOSE);
    }

    @Override
    public void abandon() {
        lanes.forEach(SocketLane::abandon);
        end(Closing.CLOSE);
    }
}
