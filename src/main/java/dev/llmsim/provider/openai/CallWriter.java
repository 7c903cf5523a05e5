package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Json;

/** Writes calls of tools, whole or in the parts of a stream. */
final class CallWriter {
    private final ChatRequest.CallForms forms;

    CallWriter(ChatRequest.CallForms forms) {
        this.forms = forms;
    }

    /** {@code {"id","type","function":{"name","arguments"}}}, or the same with a custom tool's input. */
    ObjectNode call(Content.ToolCall call, String arguments) {
        return complete(Json.object(), call, arguments);
    }

    /** The same with its place among the calls, as a stream opens it. */
    ObjectNode opening(Content.ToolCall call, int index) {
        return complete(Json.object().put("index", index), call, "");
    }

    private ObjectNode complete(ObjectNode json, Content.ToolCall call, String arguments) {
        json.put("id", call.id()).put("type", kind(call));
        json.putObject(kind(call)).put("name", call.name()).put(argumentsName(call), arguments);
        return json;
    }

    /** A further part of the arguments. */
    ObjectNode fragment(Content.ToolCall call, int index, String token) {
        ObjectNode json = Json.object().put("index", index);
        json.putObject(kind(call)).put(argumentsName(call), token);
        return json;
    }

    private String kind(Content.ToolCall call) {
        return forms.custom().contains(call.name()) ? "custom" : "function";
    }

    private String argumentsName(Content.ToolCall call) {
        return forms.custom().contains(call.name()) ? "input" : "arguments";
    }
}
