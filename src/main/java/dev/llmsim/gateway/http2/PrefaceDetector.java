package dev.llmsim.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/**
 * Looks whether the first bytes of a connection are the preface of HTTP/2 (RFC 9113, section 3.4), which a client with prior
 * knowledge sends at once. Then it is gone: what it held goes on as it came.
 */
public final class PrefaceDetector extends ByteToMessageDecoder {
    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

    private final Runnable whenHttp2;

    /** @param whenHttp2 changes the pipeline behind this handler, before it sees the preface */
    public PrefaceDetector(Runnable whenHttp2) {
        this.whenHttp2 = whenHttp2;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int compared = Math.min(in.readableBytes(), PREFACE.readableBytes());
        boolean begins = in.readableBytes() > 0 && matches(in, compared);
        if (begins && compared < PREFACE.readableBytes()) {
            return;
        }
        if (begins) {
            whenHttp2.run();
        }
        ctx.pipeline().remove(this);
    }

    private static boolean matches(ByteBuf in, int length) {
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE.getByte(i)) {
                return false;
            }
        }
        return true;
    }
}
