package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.gateway.playback.Played;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Origin;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.provider.framing.Terminators;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Traffic;
import io.netty.handler.codec.http.HttpContent;

/** A player answers. */
final class Playing implements Stage {
    private final Exchange exchange;
    private final Response response;

    private Playing(Exchange exchange, Response response) {
        this.exchange = exchange;
        this.response = response;
    }

    /** Lets {@code player} answer with {@code respond}. */
    static void start(Exchange exchange, Player player, Decision.Respond respond) {
        Playing stage = new Playing(exchange, respond.response());
        exchange.become(stage);
        exchange.answered(
                respond.response().head().map(ResponseHead::status).orElse(0),
                respond.origin().source());
        if (respond.origin() instanceof Origin.Recorded recorded) {
            exchange.matched(recorded.match().id());
            exchange.counters().increment(Counter.RECORDED);
        } else if (respond.origin() instanceof Origin.Scripted) {
            exchange.counters().increment(Counter.SCRIPTED);
        } else {
            boolean isFault = respond.origin() instanceof Origin.Fault;
            exchange.counters().increment(isFault ? Counter.INJECTED_ERRORS : Counter.SYNTHETIC);
        }
        respond.faults().forEach(exchange::faulted);
        count(respond, exchange.counters().traffic());
        player.play(exchange.ctx(), exchange.wire(), respond, stage::done);
    }

    private static void count(Decision.Respond respond, Traffic traffic) {
        Work work = respond.work();
        traffic.answered(work.streamed() || isStream(respond.response()));
        if (work.counts()) {
            traffic.worked(work.model(), work.usage().prompt(), work.usage().completion());
        }
    }

    private static boolean isStream(Response response) {
        return response.head()
                .flatMap(head -> head.headers().first("content-type"))
                .filter(Framers::isStream)
                .isPresent();
    }

    private void done(Played played) {
        exchange.sentInAll(played.bodyBytes(), played.bodyNanos());
        if (played.status() != 0) {
            exchange.answered(played.status(), played.origin().source());
        }
        exchange.end(
                played.clientLeft() && !hadAll(played) ? Ending.CLIENT_CANCELLED : response.ending(),
                played.keepsConnection() ? Closing.KEEP : Closing.CLOSE);
    }

    /** Whether the client left behind the last event of its stream, as many do, and not before. */
    private boolean hadAll(Played played) {
        return played.bodyBytes() == response.bodyBytes() && Terminators.end(response.frames());
    }

    @Override
    public void content(HttpContent content) {
        content.release();
    }

    @Override
    public void clientGone() {
        boolean cutByUs = response.ending() != Ending.COMPLETE;
        exchange.end(cutByUs ? response.ending() : Ending.CLIENT_CANCELLED, Closing.CLOSE);
    }

    @Override
    public void abandon() {
        exchange.stop();
    }
}
