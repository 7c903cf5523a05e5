package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** Writes a whole chat completion. */
final class ChatWriter {
    private ChatWriter() {}

    static ObjectNode write(ChatHead head, ChatRequest request, Reply reply) {
        ObjectNode json = head.begin("chat.completion");
        ArrayNode choices = json.putArray("choices");
        for (Choice choice : reply.choices()) {
            choices.add(choice(choices.size(), choice, request));
        }
        json.set("usage", UsageWriter.detailed(reply.usage()));
        return json.put("service_tier", head.tier()).put("system_fingerprint", ChatHead.FINGERPRINT);
    }

    private static ObjectNode choice(int index, Choice choice, ChatRequest request) {
        ObjectNode json = Json.object().put("index", index);
        json.set("message", message(choice, request.callForms()));
        json.set("logprobs", logprobs(choice, request.prompt().sampling().topLogprobs()));
        return json.put("finish_reason", FinishReason.of(choice.finish(), request.callForms()));
    }

    private static ObjectNode message(Choice choice, ChatRequest.CallForms forms) {
        List<Content.ToolCall> calls = choice.toolCalls();
        String refusal = refusal(choice);
        String text = choice.text();
        boolean silent = text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty());
        ObjectNode json = Json.object().put("role", "assistant").put("content", silent ? null : text);
        if (!calls.isEmpty() && forms.legacy()) {
            Content.ToolCall call = calls.get(0);
            json.putObject("function_call").put("name", call.name()).put("arguments", call.text());
        } else if (!calls.isEmpty()) {
            CallWriter writer = new CallWriter(forms);
            ArrayNode written = json.putArray("tool_calls");
            calls.forEach(call -> written.add(writer.call(call, call.text())));
        }
        json.put("refusal", refusal.isEmpty() ? null : refusal);
        json.putArray("annotations");
        return json;
    }

    private static String refusal(Choice choice) {
        StringBuilder refusal = new StringBuilder();
        choice.contents().stream()
                .filter(Content.Refusal.class::isInstance)
                .forEach(content -> refusal.append(content.text()));
        return refusal.toString();
    }

    private static JsonNode logprobs(Choice choice, int top) {
        ArrayNode content = Json.object().arrayNode();
        ArrayNode refusal = content.arrayNode();
        int position = 0;
        for (Content part : choice.contents()) {
            for (String token : part.tokens()) {
                if (part instanceof Content.Text) {
                    content.add(Logprobs.entry(token, position++, top));
                } else if (part instanceof Content.Refusal) {
                    refusal.add(Logprobs.entry(token, position++, top));
                }
            }
        }
        if (top < 0 || position == 0) {
            return content.nullNode();
        }
        return Logprobs.both(content, refusal);
    }
}
