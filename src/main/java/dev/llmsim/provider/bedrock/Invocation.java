package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Work;

/**
 * A call of InvokeModel, whose body is in the model's own format.
 *
 * @param streamed whether the answer is to be chunks of a stream
 */
record Invocation(ModelId model, Fields body, Call call, boolean streamed) {
    static Invocation of(Call call, boolean streamed) {
        return new Invocation(ModelId.of(call), Fields.of(call.request().body()), call, streamed);
    }

    Engine engine() {
        return call.engine();
    }

    ChunkStream chunks() {
        return new ChunkStream(new EventStream(engine().ids()), engine());
    }

    /** A whole answer, whose tokens stand in its headers, too: those that the client is {@code told}. */
    Answer whole(ObjectNode json, Work work, Usage told) {
        return Answer.json(200, json, work)
                .with(Headers.of(
                        "x-amzn-bedrock-invocation-latency",
                        String.valueOf(
                                UsageWriter.millis(engine().timeline(work).last())),
                        "x-amzn-bedrock-output-token-count",
                        String.valueOf(told.completion()),
                        "x-amzn-bedrock-input-token-count",
                        String.valueOf(told.prompt() - told.cacheRead() - told.cacheWritten())));
    }
}
