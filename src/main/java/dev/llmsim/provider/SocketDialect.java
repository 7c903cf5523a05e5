package dev.llmsim.provider;

import dev.llmsim.exchange.Bytes;
import java.util.Optional;

/**
 * An API that can be spoken over WebSocket as well: a message of the client stands for a request of the HTTP API that streams,
 * each event of its stream is a message to the client. Pure; thread-safe.
 */
public interface SocketDialect {
    /** Which socket a request came by, told to whom answers it; no client can send it. */
    String SOCKET_HEADER = "x-llmsim-websocket";

    /** Whether a socket may be opened at {@code rawPath}, which is also the path of the requests that its messages stand for. */
    boolean opensAt(String rawPath);

    /** What a text message of a client means. */
    Message read(String text);

    /** The message for one event of a stream; empty for an event that only HTTP has. */
    Optional<String> event(String lane, Bytes event);

    /** The message for an answer that is no stream: an error. */
    String answer(String lane, int status, Bytes body);

    /** The message for what is wrong with the connection itself. */
    String refusal(String lane, Wrong wrong);

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

        /** Asks nothing that can be answered but by {@code answer}. */
        record Unreadable(String lane, String answer) implements Message {}
    }
}
