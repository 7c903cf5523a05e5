package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Json;

/** What every chunk of an answer repeats. */
record AnswerHead(String model, String responseId, ArrayNode promptDetails, Usage usage) {

    /** An answer of {@code candidates}, {@code shown} tokens and {@code thoughts} after its beginning; zeros are left out. */
    ObjectNode around(ArrayNode candidates, int shown, int thoughts) {
        ObjectNode json = Json.object();
        json.set("candidates", candidates);
        ObjectNode counts = json.putObject("usageMetadata");
        putCount(counts, "promptTokenCount", usage.prompt());
        putCount(counts, "candidatesTokenCount", shown);
        putCount(counts, "totalTokenCount", usage.prompt() + shown + thoughts);
        putCount(counts, "cachedContentTokenCount", usage.cacheRead());
        counts.set("promptTokensDetails", promptDetails);
        if (usage.cacheRead() > 0) {
            counts.set("cacheTokensDetails", PromptDetails.text(usage.cacheRead()));
        }
        putCount(counts, "thoughtsTokenCount", thoughts);
        counts.put("serviceTier", "standard");
        return json.put("modelVersion", model).put("responseId", responseId);
    }

    private static void putCount(ObjectNode counts, String name, int tokens) {
        if (tokens > 0) {
            counts.put(name, tokens);
        }
    }
}
