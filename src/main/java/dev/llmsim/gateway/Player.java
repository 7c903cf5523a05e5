package dev.llmsim.gateway;

import dev.llmsim.exchange.Response;
import dev.llmsim.gateway.playback.Played;
import dev.llmsim.mode.Decision;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Consumer;

/** Sends an answer that needs no network. */
@FunctionalInterface
public interface Player {
    /**
     * Begins to send {@code respond}. Called on the channel's loop; writes HTTP objects through {@code ctx}; where the
     * connection has to end with the answer, closes it. Stops when the channel closes.
     *
     * @param whenDone runs once on the loop: everything was written and the next request may come, or the channel closed
     */
    void play(ChannelHandlerContext ctx, HttpRequest request, Decision.Respond respond, Consumer<Played> whenDone);

    /** {@code response} with its offsets at this player's pace: one that is played with faults keeps those. */
    default Response paced(Response response) {
        return response;
    }

    /** The last byte of a request that may be played has just been read from {@code channel}: offsets count from here. */
    default void requestEnded(Channel channel) {}
}
