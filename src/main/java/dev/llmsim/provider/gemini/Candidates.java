package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** Writes candidates: answers, or in a stream the next parts of them. */
final class Candidates {
    private final int topLogprobs;

    /** Writes them with so many alternatives for each token; -1 without probabilities. */
    Candidates(int topLogprobs) {
        this.topLogprobs = topLogprobs;
    }

    /** Parts that more will follow. */
    ObjectNode part(int index, List<Steps.Step> steps) {
        ObjectNode json = content(steps);
        json.put("index", index);
        return withLogprobs(json, steps);
    }

    /** The last parts of a candidate; {@code choice} is all of it. */
    ObjectNode last(int index, List<Steps.Step> steps, Choice choice) {
        ObjectNode json = content(steps.isEmpty() && !isCut(choice) ? List.of(silence()) : steps);
        json.put("finishReason", reason(choice.finish())).put("index", index);
        if (!choice.toolCalls().isEmpty() && !isCut(choice)) {
            json.put("finishMessage", "Model generated function call(s).");
        }
        return withLogprobs(json, steps);
    }

    private static Steps.Step silence() {
        return new Steps.Step(Json.object().put("text", ""), List.of(), false);
    }

    private static boolean isCut(Choice choice) {
        return choice.finish().reason() == Finish.Reason.LENGTH;
    }

    private static ObjectNode content(List<Steps.Step> steps) {
        ObjectNode json = Json.object();
        ObjectNode content = json.putObject("content");
        if (!steps.isEmpty()) {
            ArrayNode parts = content.putArray("parts");
            steps.forEach(step -> parts.add(step.part()));
        }
        content.put("role", "model");
        return json;
    }

    private ObjectNode withLogprobs(ObjectNode json, List<Steps.Step> steps) {
        List<String> said = steps.stream()
                .filter(step -> !step.isThought() && step.part().has("text"))
                .flatMap(step -> step.tokens().stream())
                .toList();
        if (topLogprobs >= 0 && !said.isEmpty()) {
            Logprobs.write(json, said, topLogprobs);
        }
        return json;
    }

    /** Calls of tools end as texts end, and so do refusals. */
    private static String reason(Finish finish) {
        return switch (finish.reason()) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, REFUSAL -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER -> "SAFETY";
        };
    }
}
