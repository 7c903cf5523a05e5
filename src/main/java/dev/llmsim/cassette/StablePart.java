package dev.llmsim.cassette;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmsim.cassette.text.Json;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What of a recording stays the same when an unchanged provider answers the same request again. Compared with {@code equals}.
 *
 * @param parts everything but volatile fields, times, and how the answer was cut into frames
 * @param volatileTexts the texts that were left out, ids above all
 */
record StablePart(List<Object> parts, Set<String> volatileTexts) {
    private static final int SHORTEST_ID_CHARS = 8;

    static StablePart of(Recording recording) {
        Set<String> texts = new HashSet<>();
        Consumer<String> collect = text -> {
            if (text.length() >= SHORTEST_ID_CHARS) {
                texts.add(text);
            }
        };
        Request request = recording.request();
        Response response = recording.response();
        List<Object> parts = List.of(
                recording.redacted(),
                request.withBody(Bytes.EMPTY),
                stable(request.body(), text -> {}),
                response.head().map(ResponseHead::status),
                response.head().map(ResponseHead::reason),
                stable(response.head().map(ResponseHead::headers).orElse(Headers.EMPTY)),
                response.framing(),
                announced(response),
                stable(response.body(), collect),
                stable(response.trailers()),
                response.timing(),
                response.ending());
        return new StablePart(parts, texts);
    }

    /** The announced length, relative to the body's: ids differ in length. */
    private static Object announced(Response response) {
        return response.declaredBytes() < 0 ? "none" : response.declaredBytes() - response.bodyBytes();
    }

    private static Headers stable(Headers headers) {
        return headers.filter(header -> !VolatileFields.isVolatile(header));
    }

    /** A text with each JSON value in it blanked: the whole, or line by line; other bytes as they are. */
    private static Object stable(Bytes body, Consumer<String> removed) {
        Optional<String> text = BodyText.of(body);
        if (text.isEmpty()) {
            return body;
        }
        Optional<String> whole = blank(text.get(), removed);
        return whole.orElseGet(() -> {
            StringBuilder out = new StringBuilder();
            for (String line : text.get().split("\n", -1)) {
                int start = line.indexOf('{');
                String json = start < 0 ? "" : line.substring(start);
                out.append(blank(json, removed)
                        .map(blanked -> line.substring(0, start) + blanked)
                        .orElse(line));
                out.append(line.endsWith("\r") ? "\r\n" : "\n");
            }
            return out.toString();
        });
    }

    private static Optional<String> blank(String text, Consumer<String> removed) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(VolatileFields.blank(Json.parse(text), removed).compact());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
