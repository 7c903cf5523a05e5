package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.Base64;

/** Sends events in a model's own format: each in base64 in a {@code chunk}; the last one tells what it all took. */
record ChunkStream(EventStream stream) {
    /** One more token has been generated. */
    void token() {
        stream.token();
    }

    void send(ObjectNode event) {
        String bytes = Base64.getEncoder().encodeToString(Json.write(event).toArray());
        stream.send("chunk", Json.object().put("bytes", bytes));
    }

    void last(ObjectNode event, Usage usage) {
        event.putObject("amazon-bedrock-invocationMetrics")
                .put("inputTokenCount", usage.prompt() - usage.cacheRead() - usage.cacheWritten())
                .put("outputTokenCount", usage.completion())
                .put("invocationLatency", UsageWriter.latencyMillis(usage))
                .put("firstByteLatency", UsageWriter.firstTokenMillis())
                .put("cacheReadInputTokenCount", usage.cacheRead())
                .put("cacheWriteInputTokenCount", usage.cacheWritten());
        send(event);
    }

    Answer answer(Work work) {
        return stream.answer(Headers.of("x-amzn-bedrock-content-type", "application/json"), work);
    }
}
