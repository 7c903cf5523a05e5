package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Response;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Origin;
import dev.llmsim.timing.Lateness;
import dev.llmsim.timing.Pace;
import dev.llmsim.timing.Schedule;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

    private static final int GATEWAY_TIMEOUT = 504;
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final String SILENT = "when this was recorded, upstream sent nothing before the gateway's timeout";

    /** What would break a line of the log. */
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private final Pace pace;
    private final OwnWords ownWords;
    private final Consumer<Played> telemetry;

    /**
     * @param ownWords the answer where upstream had sent no head before the recorder's timeout, and where a recording cannot be sent
     * @param telemetry told of each playback when it is over, on its event loop; must not block
     */
    public PlaybackWriter(Pace pace, OwnWords ownWords, Consumer<Played> telemetry) {
        this.pace = pace;
        this.ownWords = ownWords;
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
            response = SilentAnswer.at(response, ownWords.answer(request, GATEWAY_TIMEOUT, SILENT));
        }
        PlaybackStream stream;
        try {
            stream = new PlaybackStream(
                    ctx,
                    Schedule.of(response, respond.faults().isEmpty() ? pace : Pace.RECORDED),
                    respond.origin(),
                    new PlaybackStream.Start(Asker.of(request), requestEndNanos),
                    played -> {
                        telemetry.accept(played);
                        whenDone.accept(played);
                    });
        } catch (IllegalArgumentException e) {
            refuse(ctx, request, respond.origin(), new Refused(e, whenDone));
            return;
        }
        stream.start();
    }

    /** {@code response} with its offsets at this gateway's pace. */
    public Response paced(Response response) {
        return Schedule.of(response, pace).paced();
    }

    private static String named(Origin origin) {
        return origin instanceof Origin.Recorded recorded
                ? "recording " + recorded.cassette() + "/" + recorded.recordingId()
                : "a " + origin.source() + " answer";
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest request, Origin origin, Refused refused) {
        String message = named(origin) + " cannot be sent: its status line, a header or a trailer is not valid HTTP ("
                + CONTROLS.matcher(String.valueOf(refused.cause().getMessage())).replaceAll("?")
                + "). Mend the cassette or record it again.";
        LOG.error(message);
        Response own = ownWords.answer(request, INTERNAL_SERVER_ERROR, message);
        FullHttpResponse answer = WireAnswer.own(own);
        Cors.permit(answer.headers());
        Played played =
                new Played(origin, answer.status().code(), -1, 0, own.bodyBytes(), false, false, new Lateness(0, 0, 0));
        ctx.writeAndFlush(answer).addListener(written -> {
            ctx.channel().closeFuture().addListener(closed -> refused.whenDone().accept(played));
            ConnectionEnd.fin(ctx.channel());
        });
    }

    /** A recording that is not sent, why, and who waits for its end. */
    private record Refused(IllegalArgumentException cause, Consumer<Played> whenDone) {}
}
