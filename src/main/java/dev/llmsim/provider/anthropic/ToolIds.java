package dev.llmsim.provider.anthropic;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds the results of tools against the calls in the assistant's message before them. */
final class ToolIds {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

    private final Set<String> all = new HashSet<>();

    /** The tools that the last assistant message called, by id. */
    private final Map<String, String> calls = new LinkedHashMap<>();

    private final Set<String> unanswered = new LinkedHashSet<>();
    private int assistant;

    /** The message at {@code index} is the assistant's. */
    void begin(int index) {
        calls.clear();
        assistant = index;
    }

    void call(Fields block, String id, String name) {
        if (!ID.matcher(id).matches()) {
            throw FieldErrors.at(block.path("id"), "String should match pattern '^[a-zA-Z0-9_-]+$'");
        }
        if (!all.add(id)) {
            throw FieldErrors.at("messages", "`tool_use` ids must be unique");
        }
        calls.put(id, name);
        unanswered.add(id);
    }

    /** The name of the tool whose result stands at {@code path}. */
    String result(String path, String id) {
        String name = calls.get(id);
        if (name == null) {
            throw FieldErrors.at(
                    path,
                    "unexpected `tool_use_id` found in `tool_result` blocks: " + id
                            + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous"
                            + " message.");
        }
        if (!unanswered.remove(id)) {
            throw FieldErrors.at(
                    path,
                    "each tool_use must have a single result. Found multiple `tool_result` blocks with id: " + id);
        }
        return name;
    }

    void requireResults() {
        if (!unanswered.isEmpty()) {
            throw FieldErrors.at(
                    "messages." + assistant,
                    "`tool_use` ids were found without `tool_result` blocks immediately after: "
                            + String.join(", ", unanswered)
                            + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
                            + " message.");
        }
    }
}
