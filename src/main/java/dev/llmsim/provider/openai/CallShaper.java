package dev.llmsim.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives calls of tools the form that the client asked for: an id, a text for a custom tool, one function call at most. */
public final class CallShaper {
    private final ChatRequest.CallForms forms;
    private final Ids ids;

    CallShaper(ChatRequest.CallForms forms, Ids ids) {
        this.forms = forms;
        this.ids = ids;
    }

    /** For an API whose tools of these names take a text. */
    public static CallShaper of(Set<String> custom, Ids ids) {
        return new CallShaper(new ChatRequest.CallForms(false, custom), ids);
    }

    public Reply shape(Reply reply) {
        return new Reply(reply.choices().stream().map(this::shape).toList(), reply.usage());
    }

    private Choice shape(Choice choice) {
        if (choice.toolCalls().isEmpty()) {
            return choice;
        }
        List<Content> contents = new ArrayList<>();
        boolean called = false;
        for (Content content : choice.contents()) {
            if (!(content instanceof Content.ToolCall call)) {
                contents.add(content);
            } else if (!called || !forms.legacy()) {
                contents.add(shape(call));
                called = true;
            }
        }
        return new Choice(contents, choice.finish());
    }

    private Content.ToolCall shape(Content.ToolCall call) {
        String id = call.id().isEmpty() ? ids.alphanumeric("call_", 24) : call.id();
        boolean custom = forms.custom().contains(call.name());
        return new Content.ToolCall(
                id,
                call.name(),
                custom ? pieces(input(call.text()), call.tokens().size()) : call.tokens());
    }

    /** The text in {@code {"input":"..."}}; other arguments (of a script) are the text themselves. */
    private static String input(String arguments) {
        try {
            JsonNode input = Json.parse(arguments).path("input");
            return input.isTextual() ? input.textValue() : arguments;
        } catch (JsonProcessingException text) {
            return arguments;
        }
    }

    /** {@code text} in at most {@code count} pieces of about the same length. */
    private static List<String> pieces(String text, int count) {
        int[] points = text.codePoints().toArray();
        int wanted = Math.min(count, points.length);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            int from = (int) ((long) points.length * i / wanted);
            int to = (int) ((long) points.length * (i + 1) / wanted);
            pieces.add(new String(points, from, to - from));
        }
        return pieces;
    }
}
