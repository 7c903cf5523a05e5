package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** A message that was asked for: whole, or as it is streamed. */
final class ConverseMessage {
    private final ConverseRequest request;
    private final Engine engine;
    private final Reply reply;
    private final Blocks blocks;
    private final Finish finish;
    private final UsageWriter usage;

    ConverseMessage(ConverseRequest request, Engine engine) {
        this.request = request;
        this.engine = engine;
        reply = new Limits(engine).reply(request.prompt());
        blocks = Blocks.of(request, reply.first(), engine.ids());
        finish = reply.first().finish();
        usage = new UsageWriter(request, reply.usage());
    }

    ObjectNode whole() {
        ObjectNode json = Json.object();
        json.set("metrics", UsageWriter.metrics(engine.timeline(work(false))));
        ObjectNode message = json.putObject("output").putObject("message");
        ArrayNode content = message.putArray("content");
        blocks.blocks().forEach(block -> content.add(block.whole()));
        message.put("role", "assistant");
        StopReason.write(json, request, finish);
        json.set("usage", usage.usage());
        return json;
    }

    void stream(ConverseSink sink) {
        sink.send("messageStart", Json.object().put("role", "assistant"));
        int index = 0;
        for (Block block : blocks.blocks()) {
            stream(sink, block, index++);
        }
        ObjectNode stop = Json.object();
        StopReason.write(stop, request, finish);
        sink.send("messageStop", stop);
        ObjectNode metadata = Json.object();
        metadata.set("metrics", UsageWriter.metrics(engine.timeline(work(true))));
        metadata.set("usage", usage.usage());
        sink.send("metadata", metadata);
    }

    private static void stream(ConverseSink sink, Block block, int index) {
        block.start().ifPresent(start -> sink.send("contentBlockStart", indexed(index, "start", start)));
        for (String token : block.tokens()) {
            sink.token();
            if (!token.isEmpty()) {
                sink.send("contentBlockDelta", indexed(index, "delta", block.delta(token)));
            }
        }
        block.closing().forEach(delta -> sink.send("contentBlockDelta", indexed(index, "delta", delta)));
        sink.send("contentBlockStop", Json.object().put("contentBlockIndex", index));
    }

    private static ObjectNode indexed(int index, String name, ObjectNode content) {
        ObjectNode event = Json.object().put("contentBlockIndex", index);
        event.set(name, content);
        return event;
    }

    Work work(boolean streamed) {
        return new Work(request.model().id(), reply.usage(), blocks.shownTokens(), streamed);
    }
}
