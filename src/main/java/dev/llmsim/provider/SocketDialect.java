package dev.llmsim.provider;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import java.util.List;
import java.util.Optional;

/**
 * An API that can be spoken over WebSocket as well: a message of the client stands for a request of the HTTP API that streams,
 * each event of its stream is a message to the client. Pure; thread-safe.
 */
public interface SocketDialect {
    /** Which socket a request came by, told to whom answers it; no client can send it. */
    String SOCKET_HEADER = "x-llmsim-websocket";

    /** Where an answer that is steered was left: how that reads is between a dialect's socket and its endpoints. */
    String STEERED_HEADER = "x-llmsim-steered";

    /** Whether a socket may be opened at {@code rawPath}, which is also the path of the requests that its messages stand for. */
    boolean opensAt(String rawPath);

    /** What a text message of a client means. */
    Message read(String text);

    /** Speaks on {@code lane}. */
    Speaker speaker(String lane);

    /** The message for an answer that is no stream: an error. */
    String answer(String lane, int status, Bytes body);

    /** The message for what is wrong with the connection itself. */
    String refusal(String lane, Wrong wrong);

    /** The message for a steering of what nobody on this connection is saying; {@code said} where somebody was. */
    String unsteerable(Message.Steering steering, boolean said);

    /** Turns the events of one lane's answers into messages, and remembers of the one under way what steering it takes. Not thread-safe. */
    interface Speaker {
        /** The body to ask with for {@code body}, which is asked now. */
        Bytes asking(Bytes body);

        /** The message for one event of a stream, and those that follow from it; none for an event that only HTTP has. */
        List<String> events(Bytes event);

        /** Whether the answer under way is {@code response}. */
        boolean isSaying(String response);

        /** Whether an answer before it was. */
        boolean hasSaid(String response);

        /**
         * What comes of {@code steering} the answer under way.
         *
         * @param simulated whether that was made up, so that another can be made up in its place
         */
        Steered steer(Message.Steering steering, boolean simulated);
    }

    /**
     * What comes of a steering.
     *
     * @param message tells the client
     * @param successor what to ask in place of the rest of the answer under way; absent where that goes on
     */
    record Steered(String message, Optional<Successor> successor) {}

    /** A request that continues an answer from where it was left. */
    record Successor(Bytes body, Headers headers) {}

    /** What can be wrong with a connection. */
    enum Wrong {
        /** It has been open for too long. */
        TOO_OLD,
        /** It has too many requests under way. */
        TOO_MANY_REQUESTS,
        /** It has too many lanes. */
        TOO_MANY_LANES
    }

    /** A message of a client, read. Those of one lane are served one after the other. */
    sealed interface Message {
        String lane();

        /** Asks what a request with {@code body} would. */
        record Asking(String lane, Bytes body) implements Message {}

        /** Wants the answer under way that is {@code target} to go another way: by {@code input}, which is JSON. */
        record Steering(String lane, String target, Bytes input) implements Message {}

        /** Asks nothing that can be answered but by {@code answer}. */
        record Unreadable(String lane, String answer) implements Message {}
    }
}
