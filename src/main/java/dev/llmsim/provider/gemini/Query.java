package dev.llmsim.provider.gemini;

import dev.llmsim.exchange.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The query of a request; a system parameter may be spelled {@code $alt} as well. */
record Query(String raw) {

    static Query of(Request request) {
        return new Query(request.query());
    }

    Optional<String> first(String name) {
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (key.equals(name) || key.equals("$" + name)) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
