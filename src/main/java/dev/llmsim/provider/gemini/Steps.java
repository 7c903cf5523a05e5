package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes an answer apart: whole, a part for each of its contents; streamed, one for each token. */
final class Steps {
    private static final int SIGNATURE_CHARS = 256;

    private final Ids ids;
    private final Signing signing;
    private final boolean streamed;

    /** Which text of an answer that was thought about carries a signature; calls always do. */
    private enum Signing {
        NONE,
        /** Models of the second generation, where functions are declared. */
        FIRST,
        /** Models of the third generation; in a stream, an empty one of its own. */
        LAST
    }

    /** A part of an answer and the tokens that it took. */
    record Step(ObjectNode part, List<String> tokens, boolean isThought) {}

    Steps(Ids ids, Prompt prompt, boolean streamed) {
        this.ids = ids;
        this.streamed = streamed;
        boolean isThird = prompt.model().toLowerCase(Locale.ROOT).contains("gemini-3");
        boolean hasFunctions = !prompt.tooling().tools().isEmpty();
        signing = isThird ? Signing.LAST : hasFunctions ? Signing.FIRST : Signing.NONE;
    }

    List<Step> of(Choice choice) {
        List<Step> steps = new ArrayList<>();
        boolean calls = false;
        for (Content content : choice.contents()) {
            if (content instanceof Content.ToolCall call) {
                steps.add(call(call, !calls && hasThought(choice)));
                calls = true;
            } else {
                addTexts(content, steps);
            }
        }
        if (!calls && hasThought(choice) && !choice.text().isEmpty()) {
            signText(steps);
        }
        return steps;
    }

    private static boolean hasThought(Choice choice) {
        return choice.contents().stream()
                .anyMatch(content -> content instanceof Content.Thought thought && thought.hiddenTokens() > 0);
    }

    private void addTexts(Content content, List<Step> steps) {
        boolean isThought = content instanceof Content.Thought;
        if (streamed) {
            content.tokens().forEach(token -> steps.add(text(token, List.of(token), isThought)));
        } else if (!content.tokens().isEmpty()) {
            steps.add(text(content.text(), content.tokens(), isThought));
        }
    }

    private static Step text(String text, List<String> tokens, boolean isThought) {
        ObjectNode part = Json.object().put("text", text);
        return new Step(isThought ? part.put("thought", true) : part, tokens, isThought);
    }

    private Step call(Content.ToolCall call, boolean signed) {
        ObjectNode part = Json.object();
        part.putObject("functionCall").put("name", call.name()).set("args", arguments(call));
        if (signed) {
            part.put("thoughtSignature", signature());
        }
        return new Step(part, call.tokens(), false);
    }

    /** An answer that ended too soon may hold the beginning of arguments alone: no call can be made of that. */
    private static JsonNode arguments(Content.ToolCall call) {
        try {
            JsonNode arguments = Json.parse(call.text());
            return arguments.isObject() ? arguments : Json.object();
        } catch (JsonProcessingException cutOff) {
            return Json.object();
        }
    }

    private void signText(List<Step> steps) {
        if (signing == Signing.FIRST) {
            steps.stream()
                    .filter(step -> !step.isThought())
                    .findFirst()
                    .ifPresent(step -> step.part().put("thoughtSignature", signature()));
        } else if (signing == Signing.LAST) {
            if (streamed) {
                steps.add(text("", List.of(), false));
            }
            steps.get(steps.size() - 1).part().put("thoughtSignature", signature());
        }
    }

    private String signature() {
        return ids.alphanumeric("", SIGNATURE_CHARS);
    }
}
