package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Turn;
import java.util.List;
import java.util.Set;

/**
 * A request for a response.
 *
 * @param body as it came
 * @param input its items in their full form
 * @param previous the id of the response that it continues; empty where it begins
 * @param include what the client wants beside what all get
 */
record CreateRequest(
        ObjectNode body,
        String model,
        List<ObjectNode> input,
        String previous,
        Tools tools,
        TextReader.Text text,
        Sampling sampling,
        Thinking thinking,
        Set<String> include,
        Delivery delivery) {
    CreateRequest {
        input = List.copyOf(input);
        include = Set.copyOf(include);
    }

    /**
     * How the answer comes.
     *
     * @param obfuscated whether deltas are padded
     * @param generates whether there is an answer at all, or a response only that others continue
     */
    record Delivery(boolean streamed, boolean obfuscated, boolean stored, boolean background, boolean generates) {}

    Prompt prompt(List<Turn> turns) {
        OutputForm form = text.form();
        return new Prompt(model, turns, tools.tooling(), form, sampling, thinking);
    }

    boolean includes(String what) {
        return include.contains(what);
    }
}
