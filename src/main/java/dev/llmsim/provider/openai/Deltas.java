package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;

/** One choice as the steps of a stream. */
final class Deltas {
    static final Delta CLOSING = new Delta(Json.object(), NullNode.getInstance(), false);

    private final ChatRequest.CallForms forms;
    private final CallWriter calls;
    private final int topLogprobs;
    private final List<Content> contents;
    private final boolean parallel;
    private final Delta opening;
    private final List<Delta> deltas = new ArrayList<>();
    private int position;
    private int callIndex;

    /** What is new; {@code isToken} where that is one more token. */
    record Delta(ObjectNode json, JsonNode logprobs, boolean isToken) {}

    Deltas(Choice choice, ChatRequest request) {
        forms = request.callForms();
        calls = new CallWriter(forms);
        topLogprobs = request.prompt().sampling().topLogprobs();
        contents = choice.contents().stream().filter(Deltas::isShown).toList();
        parallel = choice.toolCalls().size() > 1;
        opening = open();
        contents.forEach(this::add);
    }

    private static boolean isShown(Content content) {
        return content instanceof Content.ToolCall
                || !(content instanceof Content.Thought || content.tokens().isEmpty());
    }

    Delta opening() {
        return opening;
    }

    Delta at(int step) {
        return deltas.get(step);
    }

    int size() {
        return deltas.size();
    }

    /** Whether several tools are called, which the real service writes a little differently. */
    boolean isParallel() {
        return parallel;
    }

    /** The role; and the first call with it, where a single call is all there is. */
    private Delta open() {
        ObjectNode json = Json.object().put("role", "assistant");
        if (contents.isEmpty() || contents.get(0) instanceof Content.Text) {
            json.put("content", "").putNull("refusal");
            return new Delta(json, logprobs(true, List.of()), false);
        }
        json.putNull("content");
        if (contents.get(0) instanceof Content.Refusal) {
            return new Delta(json.put("refusal", ""), logprobs(false, List.of()), false);
        }
        if (opensWithCall()) {
            openCall(json, (Content.ToolCall) contents.get(0));
            json.putNull("refusal");
        }
        return new Delta(json, NullNode.getInstance(), false);
    }

    private boolean opensWithCall() {
        return contents.get(0) instanceof Content.ToolCall && !parallel;
    }

    private void add(Content content) {
        if (content instanceof Content.ToolCall call) {
            addCall(call);
            return;
        }
        boolean text = content instanceof Content.Text;
        for (String token : content.tokens()) {
            ObjectNode json = Json.object().put(text ? "content" : "refusal", token);
            deltas.add(new Delta(json, logprobs(text, List.of(token)), true));
        }
    }

    private void addCall(Content.ToolCall call) {
        if (callIndex > 0 || !opensWithCall()) {
            ObjectNode json = Json.object();
            openCall(json, call);
            deltas.add(new Delta(json, NullNode.getInstance(), false));
        }
        for (String token : call.tokens()) {
            ObjectNode json = Json.object();
            if (forms.legacy()) {
                json.putObject("function_call").put("arguments", token);
            } else {
                json.putArray("tool_calls").add(calls.fragment(call, callIndex, token));
            }
            deltas.add(new Delta(json, NullNode.getInstance(), true));
        }
        callIndex++;
    }

    private void openCall(ObjectNode json, Content.ToolCall call) {
        if (forms.legacy()) {
            json.putObject("function_call").put("name", call.name()).put("arguments", "");
        } else {
            json.putArray("tool_calls").add(calls.opening(call, callIndex));
        }
    }

    private JsonNode logprobs(boolean text, List<String> tokens) {
        if (topLogprobs < 0) {
            return NullNode.getInstance();
        }
        ObjectNode json = Json.object();
        ArrayNode entries = json.arrayNode();
        tokens.forEach(token -> entries.add(Logprobs.entry(token, position++, topLogprobs)));
        json.set("content", text ? entries : json.nullNode());
        json.set("refusal", text ? json.nullNode() : entries);
        return json;
    }
}
