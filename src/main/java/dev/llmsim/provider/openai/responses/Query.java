package dev.llmsim.provider.openai.responses;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.simulation.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The query of a request. */
record Query(String raw) {

    static Query of(Request request) {
        return new Query(request.query());
    }

    Optional<String> first(String name) {
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    boolean flag(String name, boolean otherwise) {
        return first(name)
                .map(value -> value.equals("true") || value.equals("1"))
                .orElse(otherwise);
    }

    String oneOf(String name, List<String> supported, String otherwise) {
        String value = first(name).orElse(otherwise);
        if (!supported.contains(value)) {
            throw FieldErrors.value(name, value, supported);
        }
        return value;
    }

    OptionalInt integer(String name, int least, int most) {
        Optional<String> text = first(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        long value;
        try {
            value = Long.parseLong(text.get());
        } catch (NumberFormatException notANumber) {
            throw FieldErrors.type(name, "an integer", Json.object().textNode(text.get()));
        }
        if (value < least || value > most) {
            String limit = value < least ? ">= " + least : "<= " + most;
            throw FieldErrors.bound(name, "integer", limit, Json.object().numberNode(value));
        }
        return OptionalInt.of((int) value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
