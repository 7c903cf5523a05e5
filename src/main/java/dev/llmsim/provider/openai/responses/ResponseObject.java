package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Json;
import java.util.Locale;

/** The response as clients read it: what they asked for, and what came of it; its members in the recorded order. */
final class ResponseObject {
    private static final String AUTO = "auto";

    private ResponseObject() {}

    /** What is known of a response before it is answered. */
    record Head(String id, long createdSeconds, long completedSeconds, String model) {}

    /** The response once it has ended. */
    static ObjectNode ended(Head head, CreateRequest request, Output output) {
        ObjectNode json =
                Json.object().put("id", head.id()).put("object", "response").put("created_at", head.createdSeconds());
        boolean complete = output.incomplete().isEmpty();
        json.put("status", complete ? "completed" : "incomplete")
                .put("background", request.delivery().background())
                .put("completed_at", complete ? head.completedSeconds() : null)
                .putNull("error");
        Asked asked = new Asked(request.body(), json);
        asked.number("frequency_penalty", 0);
        json.set("incomplete_details", incomplete(output));
        asked.same("instructions");
        asked.same("max_output_tokens");
        asked.same("max_tool_calls");
        json.put("model", head.model()).putNull("moderation");
        ArrayNode items = json.putArray("output");
        output.items().forEach(item -> items.add(item.done()));
        json.put("output_text", output.text());
        middle(asked, request, output);
        end(asked, request, output);
        return json;
    }

    private static void middle(Asked asked, CreateRequest request, Output output) {
        ObjectNode json = asked.json();
        json.put("parallel_tool_calls", request.tools().tooling().parallel());
        asked.number("presence_penalty", 0);
        asked.same("previous_response_id");
        asked.same("prompt_cache_key");
        asked.same("prompt_cache_retention");
        json.set("reasoning", reasoning(request, output));
        asked.same("safety_identifier");
        String tier = request.body().path("service_tier").asText(AUTO);
        json.put("service_tier", tier.equals(AUTO) || tier.equals("null") ? "default" : tier)
                .put("store", request.delivery().stored());
        asked.number("temperature", 1);
    }

    private static void end(Asked asked, CreateRequest request, Output output) {
        ObjectNode json = asked.json();
        json.set("text", request.text().written());
        json.set("tool_choice", request.tools().choice());
        json.set("tools", request.tools().written());
        json.put("top_logprobs", Math.max(0, request.sampling().topLogprobs()));
        asked.number("top_p", 1);
        json.put("truncation", request.body().path("truncation").isTextual() ? asked.text("truncation") : "disabled");
        json.set("usage", usage(output.usage()));
        asked.same("user");
        json.set(
                "metadata",
                request.body().path("metadata").isObject() ? request.body().path("metadata") : Json.object());
    }

    private static JsonNode incomplete(Output output) {
        ObjectNode json = Json.object();
        return output.incomplete().isEmpty() ? json.nullNode() : json.put("reason", output.incomplete());
    }

    private static ObjectNode reasoning(CreateRequest request, Output output) {
        ObjectNode json = Json.object();
        Thinking thinking = request.thinking();
        String effort = request.body().path("reasoning").path("effort").asText("");
        boolean told = thinking.effort() != Thinking.Effort.DEFAULT;
        json.put("effort", told ? effort : output.thought() ? "medium" : null);
        boolean summarised = thinking.summary() != Thinking.Summary.NONE;
        return json.put("summary", summarised ? thinking.summary().name().toLowerCase(Locale.ROOT) : null);
    }

    static ObjectNode usage(Usage usage) {
        ObjectNode json = Json.object().put("input_tokens", usage.prompt());
        json.putObject("input_tokens_details")
                .put("cached_tokens", usage.cacheRead())
                .put("cache_write_tokens", usage.cacheWritten());
        json.put("output_tokens", usage.completion());
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return json.put("total_tokens", usage.total());
    }

    /** {@code ended} while it has not: {@code status} is {@code queued}, {@code in_progress} or {@code cancelled}. */
    static ObjectNode unfinished(ObjectNode ended, String status, JsonNode askedTier) {
        ObjectNode json = Json.object();
        json.setAll(ended);
        json.put("status", status).putNull("completed_at").putNull("incomplete_details");
        json.putArray("output");
        json.put("output_text", "").put("service_tier", askedTier.isTextual() ? askedTier.textValue() : AUTO);
        return json.putNull("usage");
    }

    /** What the client asked for, repeated in the response. */
    private record Asked(ObjectNode body, ObjectNode json) {
        /** As it came; null where it did not. */
        void same(String name) {
            json.set(name, body.path(name).isMissingNode() ? json.nullNode() : body.path(name));
        }

        void number(String name, double usual) {
            json.put(name, body.path(name).isNumber() ? body.path(name).doubleValue() : usual);
        }

        String text(String name) {
            return body.path(name).textValue();
        }
    }
}
