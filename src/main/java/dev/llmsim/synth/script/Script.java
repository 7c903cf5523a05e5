package dev.llmsim.synth.script;

import dev.llmsim.exchange.LlmSimException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Turns that requests are answered with, one after the other.
 *
 * <pre>{@code
 * Script.of(
 *         Turn.toolCalls(ToolCall.of("get_weather", "{\"city\":\"Paris\"}")),
 *         Turn.assistant("It is sunny in Paris.").when(When.toolResult("sunny")))
 *     .onExhausted(OnExhausted.ERROR);
 * }</pre>
 */
public record Script(List<Turn> turns, OnExhausted onExhausted) {
    public Script {
        turns = List.copyOf(turns);
        Objects.requireNonNull(onExhausted);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("turns: none (expected: at least one)");
        }
    }

    /** A script that repeats its last turn once all are used up. */
    public static Script of(Turn... turns) {
        return new Script(List.of(turns), OnExhausted.REPEAT_LAST);
    }

    /** The same with another end. */
    public Script onExhausted(OnExhausted newEnd) {
        return new Script(turns, newEnd);
    }

    /**
     * The script in a JSON file.
     *
     * @throws LlmSimException with {@code USAGE}, where it cannot be read or is wrong; names file and line
     */
    public static Script read(Path file) {
        return ScriptFile.check(file).orThrow();
    }

    /**
     * The script that {@code json} holds.
     *
     * @throws LlmSimException with {@code USAGE}, where it is wrong; names the line
     */
    public static Script parse(String json) {
        return ScriptFile.parse("script", json.getBytes(StandardCharsets.UTF_8)).orThrow();
    }
}
