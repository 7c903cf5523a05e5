package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers in the format of Amazon Nova ({@code messages-v1}): that of Converse, but for the usage. */
final class NovaBodies {
    private NovaBodies() {}

    static Answer answer(Invocation asked) {
        ConverseMessage message =
                new ConverseMessage(ConverseRequest.read(asked.model(), Fields.of(body(asked))), asked.engine());
        Usage usage = message.work(false).usage().uncached();
        if (!asked.streamed()) {
            ObjectNode json = message.whole();
            json.remove("metrics");
            json.set("usage", usage(usage));
            return asked.whole(json, message.work(false), usage);
        }
        ChunkStream chunks = asked.chunks();
        message.stream(new Chunks(chunks, usage, message.work(true)));
        return chunks.answer(message.work(true));
    }

    /** With the newer name of the limit. */
    private static ObjectNode body(Invocation asked) {
        ObjectNode body = asked.body().node().deepCopy();
        if (body.path("inferenceConfig") instanceof ObjectNode config && config.has("max_new_tokens")) {
            config.set("maxTokens", config.remove("max_new_tokens"));
        }
        return body;
    }

    private static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("inputTokens", usage.prompt())
                .put("outputTokens", usage.completion())
                .put("totalTokens", usage.total())
                .put("cacheReadInputTokenCount", 0)
                .put("cacheWriteInputTokenCount", 0);
    }

    /** Each event in an object that names it. */
    private record Chunks(ChunkStream chunks, Usage told, Work work) implements ConverseSink {
        @Override
        public void token() {
            chunks.token();
        }

        @Override
        public void send(String type, ObjectNode payload) {
            ObjectNode event = Json.object();
            if (!type.equals("metadata")) {
                event.set(type, payload);
                chunks.send(event);
                return;
            }
            ObjectNode metadata = event.putObject(type);
            metadata.set("usage", usage(told));
            metadata.putObject("metrics");
            metadata.putObject("trace");
            chunks.last(event, told, work);
        }
    }
}
