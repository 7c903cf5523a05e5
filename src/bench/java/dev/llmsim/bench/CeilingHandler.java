package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** Answers each request with the bytes that its path names, when the request has ended. */
final class CeilingHandler extends ChannelInboundHandlerAdapter {
    private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";

    private final CeilingAnswers answers;
    private String path = "";

    CeilingHandler(CeilingAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            path = request.uri();
        }
        boolean isEnd = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (isEnd) {
            answer(ctx);
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        switch (path) {
            case Ceiling.JSON -> {
                HttpResponse whole = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, answers.json().duplicate());
                whole.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                        .set(HttpHeaderNames.CONTENT_LENGTH, answers.json().readableBytes());
                write(ctx, whole);
                ctx.flush();
            }
            case Ceiling.SSE -> {
                write(ctx, streamHead());
                write(ctx, new DefaultLastHttpContent(answers.whole().duplicate()));
                ctx.flush();
            }
            case Ceiling.TIMED -> new Timed(ctx).schedule();
            default -> {
                var unused = ctx.close();
            }
        }
    }

    private static void write(ChannelHandlerContext from, Object message) {
        var unused = from.write(message, from.voidPromise());
    }

    private static HttpResponse streamHead() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, EVENT_STREAM)
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        return head;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }

    /** One stream on the event loop's timer: absolute deadlines, ready-framed chunks past the codec's encoder. */
    private final class Timed implements Runnable {
        private final ChannelHandlerContext ctx;
        private final ChannelHandlerContext pastEncoder;
        private final long beginNanos = System.nanoTime();
        private int next;

        Timed(ChannelHandlerContext ctx) {
            this.ctx = ctx;
            this.pastEncoder = ctx.pipeline().context(HttpServerCodec.class);
        }

        void schedule() {
            long dueNanos = beginNanos + (next + 1) * answers.gapNanos();
            var unused = ctx.executor().schedule(this, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            if (!ctx.channel().isActive()) {
                return;
            }
            if (next == 0) {
                write(ctx, streamHead());
            }
            ByteBuf event = answers.chunks().get(next++).duplicate();
            boolean isLast = next == answers.chunks().size();
            write(pastEncoder, event);
            if (isLast) {
                write(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
            }
            ctx.flush();
            if (!isLast) {
                schedule();
            }
        }
    }
}
