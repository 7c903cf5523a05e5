package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the HTTP answers of one lane into messages: each event of a stream into one, an answer that is none into an error. */
final class SocketEncoder extends ChannelOutboundHandlerAdapter {
    private final SocketDialect dialect;
    private final String lane;
    private final List<Bytes> collected = new ArrayList<>();
    private final SocketDialect.Speaker speaker;
    private int status;
    private boolean silent;
    private @Nullable Framer events;

    SocketEncoder(SocketDialect dialect, String lane, SocketDialect.Speaker speaker) {
        this.dialect = dialect;
        this.lane = lane;
        this.speaker = speaker;
    }

    /** Nothing more is said of the answer under way: another takes its place. */
    void silence() {
        silent = true;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof WebSocketFrame) {
            var unused = ctx.write(message, promise);
            return;
        }
        List<String> texts = new ArrayList<>();
        try {
            if (message instanceof HttpResponse head) {
                begin(head);
            }
            if (message instanceof HttpContent content) {
                take(Wire.copy(content.content()), texts);
            } else if (message instanceof ByteBuf bytes) {
                take(Wire.copy(bytes), texts);
            }
            if (message instanceof LastHttpContent) {
                end(texts);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        send(ctx, texts, promise);
    }

    private void begin(HttpResponse head) {
        status = head.status().code();
        String type = String.valueOf(head.headers().get(HttpHeaderNames.CONTENT_TYPE));
        events = status < 300 && type.startsWith("text/event-stream") ? Framers.sse() : null;
        collected.clear();
    }

    private void take(Bytes bytes, List<String> texts) {
        if (silent) {
            return;
        }
        if (events == null) {
            collected.add(bytes);
            return;
        }
        for (Frame event : events.feed(bytes, 0)) {
            texts.addAll(speaker.events(event.bytes()));
        }
    }

    private void end(List<String> texts) {
        if (events == null && !silent) {
            texts.add(dialect.answer(lane, status, Bytes.concat(collected)));
        }
        collected.clear();
        events = null;
    }

    /** The promise is kept when the last of them has been written. */
    private static void send(ChannelHandlerContext ctx, List<String> texts, ChannelPromise promise) {
        for (int i = 0; i < texts.size(); i++) {
            boolean last = i == texts.size() - 1;
            var unused = ctx.write(new TextWebSocketFrame(texts.get(i)), last ? promise : ctx.newPromise());
        }
        if (texts.isEmpty()) {
            promise.setSuccess();
        }
    }
}
