package dev.llmsim.exchange;

import java.util.Objects;

/**
 * A stored exchange: what was asked and what came back, already redacted.
 *
 * @param id names it within its cassette, for example {@code openai-chat-3f9a12c4} or {@code openai-chat-3f9a12c4-2}
 * @param request its headers are only those that take part in matching
 * @param redacted whether anything in it was replaced by a placeholder
 */
public record Recording(String id, Request request, Response response, boolean redacted) {
    public Recording {
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id: \"\" (expected: at least one character)");
        }
    }

    public Recording withId(String newId) {
        return new Recording(newId, request, response, redacted);
    }
}
