package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Response;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Origin;
import dev.llmsim.timing.Lateness;
import dev.llmsim.timing.Pace;
import dev.llmsim.timing.Schedule;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AttributeKey;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers that need no network: each part when it is due at this gateway's pace, and the end as it was recorded.
 * Thread-safe; each playback lives on the event loop of its connection.
 *
 * <p>How each ending is played, always after the same body byte and at the recorded time:
 *
 * <ul>
 *   <li>{@code complete}: with its terminator; the connection stays open as far as framing and client allow.
 *   <li>{@code upstream-truncated}: FIN without the terminator, or instead of a head.
 *   <li>{@code upstream-reset}, {@code client-cancelled}: RST, also instead of a head.
 *   <li>{@code timeout}: after a head, RST, because the stream that the client was reading was cut; before one, the answer
 *       that the gateway gives to a request whose upstream stays silent.
 * </ul>
 */
public final class PlaybackWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PlaybackWriter.class);
    private static final AttributeKey<Long> REQUEST_END_NANOS =
            AttributeKey.valueOf(PlaybackWriter.class, "requestEndNanos");

    private final Pace pace;
    private final SilentUpstream silentUpstream;
    private final Consumer<Played> telemetry;

    /**
     * @param silentUpstream the answer where upstream had sent no head before the recorder's timeout
     * @param telemetry told of each playback when it is over, on its event loop; must not block
     */
    public PlaybackWriter(Pace pace, SilentUpstream silentUpstream, Consumer<Played> telemetry) {
        this.pace = pace;
        this.silentUpstream = silentUpstream;
        this.telemetry = telemetry;
    }

    /**
     * Notes that the last byte of a request has been read: the playback that answers it counts from here. Without it, a
     * playback counts from the call of {@link #play}.
     */
    public static void requestEnded(Channel channel) {
        channel.attr(REQUEST_END_NANOS).set(channel.eventLoop().ticker().nanoTime());
    }

    /**
     * Plays {@code respond} on the connection of {@code ctx}, through its HTTP codec. Called on the event loop, when the
     * whole request has been read. The connection should keep reading meanwhile, so that a client's leaving is seen.
     *
     * @param whenDone runs once on the event loop: when the answer is written and the next request may be served, or, where
     *     the connection ends with this answer or before, when it is closed
     */
    public void play(
            ChannelHandlerContext ctx, HttpRequest request, Decision.Respond respond, Consumer<Played> whenDone) {
        Long marked = ctx.channel().attr(REQUEST_END_NANOS).getAndSet(null);
        long requestEndNanos = marked == null ? ctx.executor().ticker().nanoTime() : marked;
        Response response = respond.response();
        if (SilentAnswer.fits(response)) {
            response = SilentAnswer.at(response, silentUpstream.answer(request, respond.origin()));
        }
        PlaybackStream stream;
        try {
            stream = new PlaybackStream(
                    ctx,
                    Schedule.of(response, pace),
                    respond.origin(),
                    new PlaybackStream.Start(Asker.of(request), requestEndNanos),
                    played -> {
                        telemetry.accept(played);
                        whenDone.accept(played);
                    });
        } catch (IllegalArgumentException e) {
            refuse(ctx, respond.origin(), e, whenDone);
            return;
        }
        stream.start();
    }

    private static void refuse(
            ChannelHandlerContext ctx, Origin origin, IllegalArgumentException cause, Consumer<Played> whenDone) {
        String message = "recording " + origin.cassette() + "/" + origin.recordingId()
                + " cannot be sent: its status line, a header or a trailer is not valid HTTP (" + cause.getMessage()
                + "). Mend the cassette or record it again.";
        LOG.error(message);
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                ByteBufUtil.writeUtf8(ctx.alloc(), message));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
        answer.headers().set(HttpHeaderNames.CONNECTION, "close");
        answer.headers().set("x-llmsim-source", "gateway");
        Played played = new Played(origin, -1, 0, answer.content().readableBytes(), false, new Lateness(0, 0, 0));
        ctx.writeAndFlush(answer).addListener(written -> {
            ctx.channel().closeFuture().addListener(closed -> whenDone.accept(played));
            ConnectionEnd.fin(ctx.channel());
        });
    }
}
