package dev.llmsim.gateway;

import dev.llmsim.mode.Session;
import dev.llmsim.provider.SocketDialect;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is asked on one WebSocket, and by whom it is answered: a lane for each name, and those that answer on although nobody
 * listens any more, since their answer was steered. On the connection's loop only.
 */
final class SocketLanes {
    private static final int MAX_REQUESTS = 64;
    private static final int MAX_LANES = 33;

    private final Exchange exchange;
    private final Deciding deciding;
    private final GatewayParts parts;
    private final SocketDialect dialect;
    private final Runnable whenIdle;
    private final Map<String, SocketLane> lanes = new HashMap<>();
    private final List<SocketLane> silent = new ArrayList<>();
    private int underWay;

    /** @param whenIdle runs each time when nothing is under way any more */
    SocketLanes(Exchange exchange, Deciding deciding, GatewayParts parts, SocketDialect dialect, Runnable whenIdle) {
        this.exchange = exchange;
        this.deciding = deciding;
        this.parts = parts;
        this.dialect = dialect;
        this.whenIdle = whenIdle;
    }

    Deciding deciding() {
        return deciding;
    }

    GatewayParts parts() {
        return parts;
    }

    /** Tells this socket from others. */
    String id() {
        return exchange.ctx().channel().id().asLongText();
    }

    ReadGate gate() {
        return exchange.gate();
    }

    Session session() {
        return exchange.session();
    }

    Route route() {
        return exchange.route();
    }

    HttpRequest opening() {
        return exchange.wire();
    }

    boolean isIdle() {
        return underWay == 0;
    }

    /** A text message of the client. */
    void received(String text) {
        SocketDialect.Message message = dialect.read(text);
        if (message instanceof SocketDialect.Message.Unreadable unreadable) {
            say(unreadable.answer());
        } else if (message instanceof SocketDialect.Message.Steering steering) {
            steer(steering);
        } else if (message instanceof SocketDialect.Message.Asking asking) {
            ask(asking);
        }
    }

    private void ask(SocketDialect.Message.Asking asking) {
        SocketLane lane = lanes.get(asking.lane());
        if (underWay == MAX_REQUESTS) {
            say(dialect.refusal(asking.lane(), SocketDialect.Wrong.TOO_MANY_REQUESTS));
        } else if (lane == null && lanes.size() == MAX_LANES) {
            say(dialect.refusal(asking.lane(), SocketDialect.Wrong.TOO_MANY_LANES));
        } else {
            underWay++;
            (lane == null ? lane(asking.lane(), dialect.speaker(asking.lane())) : lane).ask(asking.body());
        }
    }

    private void steer(SocketDialect.Message.Steering steering) {
        for (Map.Entry<String, SocketLane> entry : lanes.entrySet()) {
            SocketLane lane = entry.getValue();
            if (lane.speaker().isSaying(steering.target())) {
                SocketDialect.Steered steered = lane.steer(steering);
                say(steered.message());
                steered.successor().ifPresent(successor -> {
                    underWay++;
                    silent.add(lane);
                    lane.giveWayTo(lane(entry.getKey(), lane.speaker()), successor);
                });
                return;
            }
        }
        boolean said = lanes.values().stream().anyMatch(lane -> lane.speaker().hasSaid(steering.target()));
        say(dialect.unsteerable(steering, said));
    }

    private SocketLane lane(String name, SocketDialect.Speaker speaker) {
        ChannelPipeline pipeline = exchange.ctx().pipeline();
        String last = exchange.ctx().name();
        LaneEnd end = new LaneEnd();
        SocketEncoder encoder = new SocketEncoder(dialect, name, speaker);
        pipeline.addBefore(last, null, encoder);
        pipeline.addBefore(last, null, end);
        SocketLane lane = new SocketLane(pipeline.context(end), this, encoder, speaker);
        lanes.put(name, lane);
        return lane;
    }

    /** Marks the place in the pipeline from which a lane writes. */
    private static final class LaneEnd extends ChannelHandlerAdapter {}

    /** A request of {@code lane} has been answered. */
    void oneLess(SocketLane lane) {
        underWay--;
        if (silent.remove(lane)) {
            lane.leave();
        }
        if (underWay == 0) {
            whenIdle.run();
        }
    }

    private void say(String message) {
        exchange.send(new TextWebSocketFrame(message));
    }

    void forEach(Consumer<SocketLane> act) {
        Stream.concat(lanes.values().stream(), silent.stream()).toList().forEach(act);
    }
}
