package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One choice of legacy completions: a text, whatever the model said. */
final class CompletionChoice {
    private final int index;
    private final List<String> tokens;
    private final int[] offsets;
    private final List<String> echoed;
    private final int topLogprobs;
    private final String finish;

    CompletionChoice(int index, Choice choice, CompletionsRequest request, TextInput prompt) {
        this.index = index;
        tokens = choice.contents().stream()
                .filter(content -> content instanceof Content.Text || content instanceof Content.Refusal)
                .flatMap(content -> content.tokens().stream())
                .toList();
        echoed = request.echo() ? List.of(prompt.text().split("(?<=\\S)(?=\\s)")) : List.of();
        offsets = offsets();
        topLogprobs = request.sampling().topLogprobs();
        finish = FinishReason.of(choice.finish(), new ChatRequest.CallForms(false, Set.of()));
    }

    List<String> tokens() {
        return tokens;
    }

    boolean isEchoed() {
        return !echoed.isEmpty();
    }

    ObjectNode whole() {
        LegacyLogprobs logprobs = new LegacyLogprobs(topLogprobs);
        echoed.forEach(logprobs::addEchoed);
        for (int i = 0; i < tokens.size(); i++) {
            logprobs.add(tokens.get(i), i, offsets[i]);
        }
        return choice(String.join("", echoed) + String.join("", tokens), logprobs.json(), finish);
    }

    /** The prompt, before anything else. */
    ObjectNode echo() {
        LegacyLogprobs logprobs = new LegacyLogprobs(topLogprobs);
        echoed.forEach(logprobs::addEchoed);
        return choice(String.join("", echoed), logprobs.json(), null);
    }

    ObjectNode step(int i) {
        LegacyLogprobs logprobs = new LegacyLogprobs(topLogprobs);
        logprobs.add(tokens.get(i), i, offsets[i]);
        return choice(tokens.get(i), logprobs.json(), null);
    }

    ObjectNode closing() {
        return choice("", NullNode.getInstance(), finish);
    }

    /** Where each token begins, behind what is echoed. */
    private int[] offsets() {
        int[] starts = new int[tokens.size()];
        int at = String.join("", echoed).length();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            at += tokens.get(i).length();
        }
        return starts;
    }

    private ObjectNode choice(String text, JsonNode logprobs, @Nullable String reason) {
        ObjectNode json = Json.object().put("text", text).put("index", index);
        json.set("logprobs", logprobs);
        return json.put("finish_reason", reason);
    }
}
