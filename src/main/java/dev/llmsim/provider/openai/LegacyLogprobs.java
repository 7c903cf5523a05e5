package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;

/** Log probabilities as legacy completions have them: four arrays side by side. */
final class LegacyLogprobs {
    private final int top;
    private final ArrayNode tokens = Json.object().arrayNode();
    private final ArrayNode logprobs = tokens.arrayNode();
    private final ArrayNode alternatives = tokens.arrayNode();
    private final ArrayNode offsets = tokens.arrayNode();
    private int echoed;

    /** With {@code top} alternatives; none of it is written where that is -1. */
    LegacyLogprobs(int top) {
        this.top = top;
    }

    /** A token of the prompt; the first of them has no probability. */
    void addEchoed(String token) {
        if (echoed == 0) {
            tokens.add(token);
            logprobs.addNull();
            alternatives.addNull();
            offsets.add(0);
        } else {
            add(token, -tokens.size(), echoed);
        }
        echoed += token.length();
    }

    void add(String token, int position, int offset) {
        tokens.add(token);
        logprobs.add(Logprobs.logprob(token, position));
        ObjectNode others = alternatives.addObject();
        Logprobs.alternatives(token, position, top).forEach(other -> others.put(other.token(), other.logprob()));
        offsets.add(offset);
    }

    JsonNode json() {
        if (top < 0) {
            return NullNode.getInstance();
        }
        ObjectNode json = Json.object();
        json.set("tokens", tokens);
        json.set("token_logprobs", logprobs);
        json.set("top_logprobs", alternatives);
        json.set("text_offset", offsets);
        return json;
    }
}
