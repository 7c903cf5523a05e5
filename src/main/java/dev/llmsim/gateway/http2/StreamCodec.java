package dev.llmsim.gateway.http2;

import dev.llmsim.gateway.connection.AnswerForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks HTTP/1.1 objects to the handlers behind it and the frames of one stream to the client, so that a stream is to them a
 * connection with one request. How the stream ends says how the answer did: END_STREAM behind a whole one; a reset, never
 * END_STREAM, where it is cut; a reset without error where it is whole and the request is not (RFC 9113, section 8.1).
 */
public final class StreamCodec extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCodec.class);

    private final RequestHeads heads;
    private final AnswerForm form;
    private boolean begun;
    private boolean received;
    private boolean bodiless;
    private boolean ended;

    /** @param maxHeadBytes the longest path, and the most bytes of other headers, that make a valid request */
    public StreamCodec(int maxHeadBytes, AnswerForm form) {
        this.form = form;
        this.heads = new RequestHeads(maxHeadBytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame frame) {
            block(ctx, frame);
        } else if (message instanceof Http2DataFrame frame) {
            received |= frame.isEndStream();
            ctx.fireChannelRead(
                    frame.isEndStream()
                            ? new DefaultLastHttpContent(frame.content())
                            : new DefaultHttpContent(frame.content()));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void block(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
        received |= frame.isEndStream();
        if (!begun) {
            begun = true;
            ctx.fireChannelRead(heads.of(frame.headers(), frame.isEndStream()));
            if (frame.isEndStream()) {
                ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            }
            return;
        }
        ctx.fireChannelRead(trailers(frame.headers()));
    }

    private static LastHttpContent trailers(Http2Headers block) {
        LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        try {
            block.forEach(line -> last.trailingHeaders().add(line.getKey(), line.getValue()));
        } catch (IllegalArgumentException e) {
            last.setDecoderResult(DecoderResult.failure(e));
        }
        return last;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            ReferenceCountUtil.release(message);
            pass(ctx, new DefaultHttp2HeadersFrame(AnswerHeads.of(head)), promise);
        } else if (message instanceof HttpResponse head) {
            head(ctx, head, promise);
        } else if (message instanceof HttpContent content) {
            body(ctx, content, promise);
        } else if (message instanceof ByteBuf bytes) {
            data(ctx, bytes, false, promise);
        } else {
            pass(ctx, message, promise);
        }
    }

    private static void pass(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var unused = ctx.write(message, promise);
    }

    private void head(ChannelHandlerContext ctx, HttpResponse head, ChannelPromise promise) {
        int status = head.status().code();
        bodiless = form.isToHead() || status == 204 || status == 205 || status == 304;
        form.sign(head.headers());
        Http2Headers block = AnswerHeads.of(head);
        if (!(head instanceof LastHttpContent whole)) {
            pass(ctx, new DefaultHttp2HeadersFrame(block), promise);
            return;
        }
        pass(ctx, new DefaultHttp2HeadersFrame(block), ctx.newPromise());
        body(ctx, whole, promise);
    }

    private void body(ChannelHandlerContext ctx, HttpContent content, ChannelPromise promise) {
        boolean last = content instanceof LastHttpContent;
        HttpHeaders trailers = content instanceof LastHttpContent end ? end.trailingHeaders() : null;
        if (trailers == null || trailers.isEmpty()) {
            data(ctx, content.content(), last, promise);
            return;
        }
        pass(ctx, new DefaultHttp2DataFrame(content.content()), ctx.newPromise());
        ended = true;
        pass(ctx, new DefaultHttp2HeadersFrame(AnswerHeads.ofTrailers(trailers), true), promise);
    }

    private void data(ChannelHandlerContext ctx, ByteBuf bytes, boolean last, ChannelPromise promise) {
        ended |= last;
        ByteBuf sent = bytes;
        if (bodiless && bytes.isReadable()) {
            bytes.release();
            sent = Unpooled.EMPTY_BUFFER;
        }
        pass(ctx, new DefaultHttp2DataFrame(sent, last), promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ctx.channel().isActive() && !(ended && received)) {
            var unused = ctx.write(new DefaultHttp2ResetFrame(ended ? Http2Error.NO_ERROR : Http2Error.INTERNAL_ERROR));
        }
        var unused = ctx.close(promise);
    }

    /** The library resets the stream for it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("A client's stream failed: {}", cause.toString());
    }
}
