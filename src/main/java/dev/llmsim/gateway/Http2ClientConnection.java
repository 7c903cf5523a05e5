package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.AnswerForm;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.gateway.http2.ConnectionCodec;
import dev.llmsim.gateway.http2.LingeringClose;
import dev.llmsim.gateway.http2.StreamCodec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection that speaks HTTP/2: each of its streams is served as a connection of its own with one request. Ends
 * with a GOAWAY when there was no request for a while, or the gateway stops. The last handler of its pipeline.
 */
final class Http2ClientConnection extends ChannelInboundHandlerAdapter implements ClientConnection {
    private static final Logger LOG = LoggerFactory.getLogger(Http2ClientConnection.class);

    private final Channel channel;
    private final LingeringClose closing = new LingeringClose();
    private final Http2FrameCodec codec;
    private final Duration keepAlive;
    private final Map<Channel, ClientRequestHandler> streams = new LinkedHashMap<>();
    private @Nullable PhaseTimer idle;
    private boolean draining;

    private Http2ClientConnection(Channel channel, Http2FrameCodec codec, Duration keepAlive) {
        this.channel = channel;
        this.codec = codec;
        this.keepAlive = keepAlive;
    }

    /** Makes {@code channel}, whose pipeline has nothing behind its present last handler, serve HTTP/2. */
    static void serve(Channel channel, GatewayConfig config, Dispatcher dispatcher, GatewayParts parts) {
        int maxHeadBytes = config.limits().maxHeadBytes();
        Http2FrameCodec codec = ConnectionCodec.of(maxHeadBytes);
        Http2ClientConnection connection =
                new Http2ClientConnection(channel, codec, config.timeouts().keepAlive());
        ChannelInitializer<Channel> streams = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                AnswerForm form = new AnswerForm();
                StreamCodec answers = new StreamCodec(maxHeadBytes, form);
                ClientRequestHandler requests =
                        new ClientRequestHandler(stream, form, dispatcher, parts, config.timeouts());
                stream.pipeline().addLast(requests.patience(), answers, requests);
                connection.opened(stream, requests);
            }
        };
        channel.pipeline().addLast(connection.closing, codec, new Http2MultiplexHandler(streams), connection);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Http2Exception {
        ConnectionCodec.widen(codec);
        ctx.flush();
        idle = new PhaseTimer(channel.eventLoop(), this::leave);
        idle.start(keepAlive);
    }

    private void opened(Channel stream, ClientRequestHandler requests) {
        streams.put(stream, requests);
        stream.closeFuture().addListener(closed -> closed(stream));
        if (idle != null) {
            idle.stop();
        }
        if (draining) {
            requests.drain();
        }
    }

    private void closed(Channel stream) {
        streams.remove(stream);
        if (streams.isEmpty() && idle != null && channel.isActive()) {
            idle.start(keepAlive);
        }
    }

    /** The codec says GOAWAY, and closes when the last stream has ended. */
    private void leave() {
        Closing.closeNow(channel);
    }

    @Override
    public void drain() {
        draining = true;
        present().forEach(ClientRequestHandler::drain);
        leave();
    }

    @Override
    public void abandon() {
        present().forEach(ClientRequestHandler::abandon);
        channel.flush();
        ChannelHandlerContext first = channel.pipeline().context(closing);
        if (first != null) {
            var unused = first.close();
        }
    }

    private List<ClientRequestHandler> present() {
        return new ArrayList<>(streams.values());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (idle != null) {
            idle.stop();
        }
    }

    /** The codec has told the client, and closes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof Http2Exception) {
            LOG.debug("A client's connection failed: {}", cause.toString());
        } else {
            LOG.error("A client's connection is closed because of an unforeseen failure.", cause);
            Closing.closeNow(channel);
        }
    }
}
