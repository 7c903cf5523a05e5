package dev.llmsim.synth.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.Json;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool in a turn.
 *
 * @param arguments JSON text, sent as it is
 * @param idOrNull absent: {@code call_llmsim_TURN_CALL}, in the spelling of the provider that is asked
 */
public record ToolCall(
        String name, String arguments, @Nullable String idOrNull) {
    public ToolCall {
        Objects.requireNonNull(arguments);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: empty (expected: the name of a tool)");
        }
    }

    /** A call with {@code arguments} as they are. */
    public static ToolCall of(String name, JsonNode arguments) {
        return new ToolCall(name, Json.text(arguments), null);
    }

    /**
     * A call with the arguments that {@code json} holds.
     *
     * @throws IllegalArgumentException where that is no JSON
     */
    public static ToolCall of(String name, String json) {
        try {
            return of(name, Json.parse(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("arguments: " + json + " (expected: JSON)", e);
        }
    }

    public ToolCall withId(String id) {
        return new ToolCall(name, arguments, id);
    }

    public Optional<String> id() {
        return Optional.ofNullable(idOrNull);
    }
}
