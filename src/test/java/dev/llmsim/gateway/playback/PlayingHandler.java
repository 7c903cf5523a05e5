package dev.llmsim.gateway.playback;

import dev.llmsim.mode.Decision;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The smallest gateway: plays an answer to each request of one connection, one after the other. */
final class PlayingHandler extends ChannelInboundHandlerAdapter {
    private final PlaybackWriter writer;
    private final Function<HttpRequest, Decision.Respond> answers;
    private final AtomicInteger done;
    private final Queue<HttpRequest> waiting = new ArrayDeque<>();
    private @Nullable HttpRequest current;
    private boolean playing;

    PlayingHandler(PlaybackWriter writer, Function<HttpRequest, Decision.Respond> answers, AtomicInteger done) {
        this.writer = writer;
        this.answers = answers;
        this.done = done;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            current = request;
        }
        if (message instanceof LastHttpContent && current != null) {
            waiting.add(current);
            playNext(ctx);
        }
        ReferenceCountUtil.release(message);
    }

    private void playNext(ChannelHandlerContext ctx) {
        if (playing || waiting.isEmpty()) {
            return;
        }
        playing = true;
        HttpRequest request = waiting.remove();
        writer.play(ctx, request, answers.apply(request), played -> {
            done.incrementAndGet();
            playing = false;
            if (ctx.channel().isActive()) {
                playNext(ctx);
            }
        });
    }
}
