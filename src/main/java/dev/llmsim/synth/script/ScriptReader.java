package dev.llmsim.synth.script;

import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a script from its JSON. */
final class ScriptReader {
    private static final int MAX_RETRY_SECONDS = 86_400;
    private static final Set<String> TYPES = Set.of("assistant", "tool_calls", "mixed", "error");

    private final Findings findings;
    private final WhenReader conditions;

    ScriptReader(Findings findings) {
        this.findings = findings;
        this.conditions = new WhenReader(findings);
    }

    /** The script; empty where a finding is fatal. */
    Optional<Script> read(Located document) {
        Fields fields = Fields.of(document, "", findings);
        OnExhausted onExhausted = fields.optionalText("on_exhausted")
                .flatMap(name -> onExhausted(fields, name))
                .orElse(OnExhausted.REPEAT_LAST);
        List<Turn> turns = new ArrayList<>();
        items(fields, "turns").ifPresent(items -> {
            if (items.isEmpty()) {
                findings.fatal(fields.line("turns"), "turns: empty (expected: at least one turn)");
            }
            for (int i = 0; i < items.size(); i++) {
                turn(Fields.of(items.get(i), "turns[" + i + "]", findings)).ifPresent(turns::add);
            }
        });
        fields.optional("$schema");
        fields.end();
        return findings.hasFatal() ? Optional.empty() : Optional.of(new Script(turns, onExhausted));
    }

    private Optional<OnExhausted> onExhausted(Fields fields, String name) {
        for (OnExhausted one : OnExhausted.values()) {
            if (one.id().equals(name)) {
                return Optional.of(one);
            }
        }
        String ids = Arrays.stream(OnExhausted.values()).map(OnExhausted::id).collect(Collectors.joining(", "));
        findings.fatal(fields.line("on_exhausted"), "on_exhausted: \"" + name + "\" (expected: one of " + ids + ")");
        return Optional.empty();
    }

    private Optional<Turn> turn(Fields fields) {
        if (!fields.isObject()) {
            return Optional.empty();
        }
        Optional<String> type = fields.requiredText("type");
        if (type.isPresent() && !TYPES.contains(type.get())) {
            findings.fatal(
                    fields.line("type"),
                    fields.path("type") + ": \"" + type.get() + "\" (expected: assistant, tool_calls, mixed or error)");
            return Optional.empty();
        }
        Optional<Turn> turn = type.flatMap(known -> turn(known, fields));
        When when = fields.optional("when")
                .map(value -> conditions.read(value, fields.path("when")))
                .orElse(When.ALWAYS);
        // what other members are for cannot be told where there is no type
        type.ifPresent(known -> fields.end());
        return turn.map(read -> read.when(when));
    }

    private Optional<Turn> turn(String type, Fields fields) {
        return switch (type) {
            case "assistant" -> fields.requiredText("text").map(Turn::assistant);
            case "tool_calls" -> Optional.of(Turn.toolCalls(calls(fields)));
            case "mixed" -> {
                ToolCall[] calls = calls(fields);
                yield fields.requiredText("text").map(text -> Turn.mixed(text, calls));
            }
            default -> error(fields);
        };
    }

    private ToolCall[] calls(Fields turn) {
        List<ToolCall> calls = new ArrayList<>();
        items(turn, "calls").ifPresent(items -> {
            if (items.isEmpty()) {
                findings.withoutEffect(turn.line("calls"), turn.path("calls") + ": empty, no tool is called");
            }
            for (int i = 0; i < items.size(); i++) {
                call(Fields.of(items.get(i), turn.path("calls") + "[" + i + "]", findings))
                        .ifPresent(calls::add);
            }
        });
        return calls.toArray(ToolCall[]::new);
    }

    private Optional<ToolCall> call(Fields fields) {
        Optional<String> name = fields.requiredText("name");
        Optional<String> id = fields.optionalText("id");
        String arguments = fields.optional("arguments")
                .map(value -> Json.text(value.json()))
                .orElse("{}");
        if (name.isPresent() && name.get().isEmpty()) {
            findings.fatal(fields.line(), fields.path("name") + ": empty (expected: the name of a tool)");
            return Optional.empty();
        }
        fields.end();
        return name.map(known -> new ToolCall(known, arguments, id.orElse(null)));
    }

    private Optional<Turn> error(Fields fields) {
        int retryAfter =
                fields.optionalNumber("retry_after", 0, MAX_RETRY_SECONDS).orElse(-1);
        return fields.requiredText("kind")
                .flatMap(kind -> switch (kind) {
                    case "rate_limit" -> own(fields, Turn.rateLimit());
                    case "timeout" -> own(fields, Turn.timeout());
                    case "invalid_request" -> fields.requiredText("message").map(Turn::invalidRequest);
                    case "other" -> other(fields);
                    default -> {
                        findings.fatal(
                                fields.line("kind"),
                                fields.path("kind") + ": \"" + kind
                                        + "\" (expected: rate_limit, timeout, invalid_request or other)");
                        yield Optional.empty();
                    }
                })
                .map(turn -> turn instanceof Turn.Failure failure
                        ? new Turn.Failure(failure.status(), failure.message(), retryAfter, When.ALWAYS)
                        : turn);
    }

    /** The usual error, with the message of the file where that has one. */
    private static Optional<Turn> own(Fields fields, Turn usual) {
        Optional<String> message = fields.optionalText("message");
        return Optional.of(
                message.isPresent() && usual instanceof Turn.Failure failure
                        ? Turn.error(failure.status(), message.get())
                        : usual);
    }

    private static Optional<Turn> other(Fields fields) {
        int status = fields.optionalNumber("status_code", Turn.Failure.MIN_STATUS, Turn.Failure.MAX_STATUS)
                .orElse(500);
        return fields.requiredText("message").map(message -> Turn.error(status, message));
    }

    private Optional<List<Located>> items(Fields fields, String name) {
        return fields.required(name, "an array").flatMap(value -> {
            if (value.json().isArray()) {
                return Optional.of(value.items());
            }
            findings.fatal(value.line(), fields.path(name) + ": " + value.kind() + " (expected: an array)");
            return Optional.empty();
        });
    }
}
