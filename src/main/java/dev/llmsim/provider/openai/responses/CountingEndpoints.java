package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers what takes an input and gives no message for it: its tokens, or a short form of it. */
final class CountingEndpoints {
    private static final int TOKENS_TO_ONE = 10;
    private static final int SEALED_LEAST = 200;

    private CountingEndpoints() {}

    /** {@code POST /responses/input_tokens}. */
    static Answer inputTokens(Call call) {
        int tokens = call.engine().tokens(Creation.read(call, false).prompt());
        ObjectNode json = Json.object().put("object", "response.input_tokens").put("input_tokens", tokens);
        return Answer.json(200, json, Work.NONE);
    }

    /** {@code POST /responses/compact}: what users said stays, all else goes into one sealed item. */
    static Answer compact(Call call) {
        Creation creation = Creation.read(call, false);
        int tokens = call.engine().tokens(creation.prompt());
        Usage usage = new Usage(tokens, Math.max(1, tokens / TOKENS_TO_ONE), 0, 0, 0);
        ObjectNode json = Json.object()
                .put("id", call.engine().ids().hex("resp_", 50))
                .put("object", "response.compaction")
                .put("created_at", call.engine().nowSeconds());
        ArrayNode output = json.putArray("output");
        creation.items().stream()
                .filter(item -> item.path("role").asText().equals("user"))
                .forEach(output::add);
        int length = Math.max(SEALED_LEAST, usage.completion() * 4);
        output.addObject()
                .put("id", call.engine().ids().hex("cmp_", 50))
                .put("type", "compaction")
                .put("encrypted_content", call.engine().ids().alphanumeric("gAAAAAB", length));
        json.set("usage", ResponseObject.usage(usage));
        return Answer.json(200, json, new Work(creation.request().model(), usage, usage.completion(), false));
    }
}
