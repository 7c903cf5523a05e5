package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.gateway.playback.PlaybackWriter;
import dev.llmsim.gateway.playback.Played;
import dev.llmsim.mode.Decision;
import dev.llmsim.provider.Dialect;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;
import dev.llmsim.timing.Lateness;
import dev.llmsim.timing.Pace;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Plays recorded answers at one pace. */
public final class RecordedPlayer implements Player {
    private final PlaybackWriter writer;
    private final Routes routes;
    private final Envelopes envelopes;

    /** @param counters told how well each answer kept its time */
    public RecordedPlayer(Pace pace, Routes routes, Envelopes envelopes, Counters counters) {
        this.routes = routes;
        this.envelopes = envelopes;
        this.writer = new PlaybackWriter(pace, this::own, played -> count(played.lateness(), counters));
    }

    private static void count(Lateness lateness, Counters counters) {
        counters.add(Counter.PLAYED_PARTS, lateness.moments());
        counters.add(Counter.LATENESS_MICROS, TimeUnit.NANOSECONDS.toMicros(lateness.sumNanos()));
        counters.add(Counter.MAX_LATENESS_MICROS, TimeUnit.NANOSECONDS.toMicros(lateness.maxNanos()));
    }

    @Override
    public void play(
            ChannelHandlerContext ctx, HttpRequest request, Decision.Respond respond, Consumer<Played> whenDone) {
        writer.play(ctx, request, respond, whenDone);
    }

    @Override
    public Response paced(Response response) {
        return writer.paced(response);
    }

    @Override
    public void requestEnded(Channel channel) {
        PlaybackWriter.requestEnded(channel);
    }

    private Response own(HttpRequest request, int status, String message) {
        Dialect dialect = routes.route(SessionPrefix.without(request.uri()))
                .map(Route::dialect)
                .orElse(Dialect.RAW);
        Envelopes.Envelope envelope = envelopes.wrap(dialect, status, message);
        Bytes body = envelope.body();
        return new Response(
                new ResponseHead(status, HttpResponseStatus.valueOf(status).reasonPhrase(), envelope.headers()),
                Framing.LENGTH,
                -1,
                List.of(new Frame(0, body)),
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                0,
                Ending.COMPLETE);
    }
}
