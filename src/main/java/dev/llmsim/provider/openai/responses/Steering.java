package dev.llmsim.provider.openai.responses;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.SocketDialect;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the response that a request continues was left on its WebSocket, because the client steered it.
 *
 * @param events the number of its next event
 * @param begun how many of its items were begun
 * @param done how many of them were completed
 * @param deltas how many pieces of text were sent, over all items
 */
record Steering(int events, int begun, int done, int deltas) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) (\\d{1,9}) (\\d{1,9}) (\\d{1,9})");

    /** Where {@code request} says so; no client can. */
    static Optional<Steering> of(Request request) {
        return request.headers()
                .first(SocketDialect.STEERED_HEADER)
                .map(TEXT::matcher)
                .filter(Matcher::matches)
                .map(place -> new Steering(number(place, 1), number(place, 2), number(place, 3), number(place, 4)));
    }

    private static int number(Matcher place, int group) {
        return Integer.parseInt(place.group(group));
    }

    String text() {
        return events + " " + begun + " " + done + " " + deltas;
    }
}
