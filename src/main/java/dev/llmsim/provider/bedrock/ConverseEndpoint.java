package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code converse} and {@code converse-stream}. */
final class ConverseEndpoint {
    private final ConverseRequest request;
    private final Blocks blocks;
    private final Finish finish;
    private final UsageWriter usage;
    private final Reply reply;

    private ConverseEndpoint(Call call) {
        request =
                ConverseRequest.read(ModelId.of(call), Fields.of(call.request().body()));
        reply = new Limits(call.engine()).reply(request.prompt());
        blocks = Blocks.of(request, reply.first(), call.engine().ids());
        finish = reply.first().finish();
        usage = new UsageWriter(request, reply.usage());
    }

    static Answer whole(Call call) {
        return new ConverseEndpoint(call).whole();
    }

    static Answer streamed(Call call) {
        return new ConverseEndpoint(call).streamed(new EventStream(call.engine().ids()));
    }

    private Answer whole() {
        ObjectNode json = Json.object();
        json.set("metrics", usage.metrics());
        ObjectNode message = json.putObject("output").putObject("message");
        ArrayNode content = message.putArray("content");
        blocks.blocks().forEach(block -> content.add(block.whole()));
        message.put("role", "assistant");
        StopReason.write(json, request, finish);
        json.set("usage", usage.usage());
        return Answer.json(200, json, work(false));
    }

    private Answer streamed(EventStream stream) {
        stream.send("messageStart", Json.object().put("role", "assistant"));
        int index = 0;
        for (Block block : blocks.blocks()) {
            stream(stream, block, index++);
        }
        ObjectNode stop = Json.object();
        StopReason.write(stop, request, finish);
        stream.send("messageStop", stop);
        ObjectNode metadata = Json.object();
        metadata.set("metrics", usage.metrics());
        metadata.set("usage", usage.usage());
        stream.send("metadata", metadata);
        return stream.answer(Headers.EMPTY, work(true));
    }

    private static void stream(EventStream stream, Block block, int index) {
        block.start().ifPresent(start -> send(stream, "contentBlockStart", index, "start", start));
        for (String token : block.tokens()) {
            stream.token();
            if (!token.isEmpty()) {
                send(stream, "contentBlockDelta", index, "delta", block.delta(token));
            }
        }
        block.closing().forEach(delta -> send(stream, "contentBlockDelta", index, "delta", delta));
        stream.send("contentBlockStop", Json.object().put("contentBlockIndex", index));
    }

    private static void send(EventStream stream, String type, int index, String name, ObjectNode content) {
        ObjectNode event = Json.object().put("contentBlockIndex", index);
        event.set(name, content);
        stream.send(type, event);
    }

    private Work work(boolean streamed) {
        return new Work(request.model().id(), reply.usage(), blocks.shownTokens(), streamed);
    }
}
