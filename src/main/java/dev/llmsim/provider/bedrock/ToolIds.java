package dev.llmsim.provider.bedrock;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the results of tools against the calls in the assistant's message before them. */
final class ToolIds {
    /** The tools that the last assistant message called, by id. */
    private final Map<String, String> calls = new LinkedHashMap<>();

    private final Set<String> answered = new LinkedHashSet<>();
    private int results;
    private int message;

    /** The message at {@code index} begins. */
    void begin(int index, boolean isAssistant) {
        message = index;
        answered.clear();
        results = 0;
        if (isAssistant) {
            calls.clear();
        }
    }

    void call(String id, String name) {
        calls.put(id, name);
    }

    /** The name of the tool whose result has {@code id}. */
    String result(String id) {
        results++;
        answered.add(id);
        return calls.getOrDefault(id, "");
    }

    /** Checks the results of a message of the user, whose calls stand before it. */
    void check() {
        if (results > calls.size()) {
            throw Invalid.of("The number of toolResult blocks at messages." + message
                    + ".content exceeds the number of toolUse blocks of previous turn.");
        }
        List<String> missing =
                calls.keySet().stream().filter(id -> !answered.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw Invalid.of("Expected toolResult blocks at messages." + message + ".content for the following Ids: "
                    + String.join(", ", missing));
        }
        calls.clear();
    }
}
