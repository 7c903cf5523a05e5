package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import java.util.Base64;

/** Sends events in a model's own format: each in base64 in a {@code chunk}; the last one tells what it all took. */
record ChunkStream(EventStream stream, Engine engine) {
    /** One more token has been generated. */
    void token() {
        stream.token();
    }

    void send(ObjectNode event) {
        String bytes = Base64.getEncoder().encodeToString(Json.write(event).toArray());
        stream.send("chunk", Json.object().put("bytes", bytes));
    }

    /** @param work what the whole answer takes, and {@code told} what the client is told of its tokens */
    void last(ObjectNode event, Usage told, Work work) {
        Timeline played = engine.timeline(work);
        event.putObject("amazon-bedrock-invocationMetrics")
                .put("inputTokenCount", told.prompt() - told.cacheRead() - told.cacheWritten())
                .put("outputTokenCount", told.completion())
                .put("invocationLatency", UsageWriter.millis(played.last()))
                .put("firstByteLatency", UsageWriter.millis(played.first()))
                .put("cacheReadInputTokenCount", told.cacheRead())
                .put("cacheWriteInputTokenCount", told.cacheWritten());
        send(event);
    }

    Answer answer(Work work) {
        return stream.answer(Headers.of("x-amzn-bedrock-content-type", "application/json"), work);
    }
}
