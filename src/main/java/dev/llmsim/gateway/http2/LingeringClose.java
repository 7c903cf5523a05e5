package dev.llmsim.gateway.http2;

import dev.llmsim.gateway.connection.Closing;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets a connection that is closed linger: a client of HTTP/2 acknowledges what it reads, and with that unread, closing would reset
 * the connection and destroy what the client has not read yet, a GOAWAY at least. Sits before the codec.
 */
public final class LingeringClose extends ChannelDuplexHandler {
    private boolean closing;

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (closing || !ctx.channel().isActive()) {
            var unused = ctx.close(promise);
            return;
        }
        closing = true;
        ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        Closing.LINGER.apply(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }
}
