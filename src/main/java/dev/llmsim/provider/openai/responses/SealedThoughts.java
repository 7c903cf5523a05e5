package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.Ids;

/**
 * Thoughts in the form that only the service can read. As recorded, about a thousand characters and five more for each
 * token; so it is told from their length what they cost when they come back.
 */
final class SealedThoughts {
    private static final String PREFIX = "gAAAAAB";
    private static final int LEAST_CHARS = 1000;
    private static final int CHARS_A_TOKEN = 5;

    private SealedThoughts() {}

    static String of(int tokens, Ids ids) {
        return ids.alphanumeric(PREFIX, LEAST_CHARS + CHARS_A_TOKEN * tokens);
    }

    /** How many tokens an item of thoughts stands for. */
    static int tokens(JsonNode reasoning) {
        JsonNode known = reasoning.path(ReasoningItem.TOKENS);
        int chars = reasoning.path("encrypted_content").asText("").length() - PREFIX.length() - LEAST_CHARS;
        return known.isInt() ? known.intValue() : Math.max(0, chars / CHARS_A_TOKEN);
    }
}
