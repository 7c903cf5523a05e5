package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/**
 * A message that was asked for: whole, or as it is streamed. Also for clouds that host Anthropic's models: there the model
 * stands in the path, and events travel in an envelope of the cloud's.
 */
public final class Message {
    private final MessagesRequest request;
    private final Reply reply;
    private final MessageHead head;
    private final Blocks blocks;

    private Message(MessagesRequest request, Engine engine, IdStyle style) {
        this.request = request;
        reply = new Limits(engine).reply(request.prompt());
        head = new MessageHead(
                style.message(engine.ids()),
                engine.answeredModel(request.prompt().model()),
                new UsageWriter(reply.usage(), request.caching()));
        blocks = Blocks.of(reply.first(), request.thinks(), style, engine.ids());
    }

    /**
     * What {@code request} asks for.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static Message of(Request request, Engine engine) {
        return new Message(MessagesReader.read(request), engine, IdStyle.ANTHROPIC);
    }

    /**
     * What {@code request}, whose body names no model, asks {@code model} for.
     *
     * @param host in the ids of the answer: {@code bdrk}
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    public static Message hosted(Request request, String model, Engine engine, String host) {
        return new Message(MessagesReader.read(naming(request, model)), engine, new IdStyle(host + "_"));
    }

    /** The prompt of a request for a number of tokens, whose body names no model. */
    public static Prompt hostedPrompt(Request request, String model) {
        return MessagesReader.readUncapped(naming(request, model)).prompt();
    }

    private static Request naming(Request request, String model) {
        ObjectNode body = Fields.of(request.body()).node().deepCopy();
        return request.withBody(Json.write(body.put("model", model)));
    }

    public ObjectNode whole() {
        return head.whole(blocks, reply.first().finish());
    }

    public void stream(EventSink sink) {
        new MessageStream(head, sink).write(blocks, reply.first().finish());
    }

    /** Whether the client wants events. */
    boolean isStreamed() {
        return request.streamed();
    }

    /** The tokens as the message tells them: of a cache only where the client asked for one. */
    public Usage usage() {
        Usage usage = reply.usage();
        return request.caching() == MessagesRequest.Caching.NONE ? usage.uncached() : usage;
    }

    public Work work(boolean streamed) {
        return new Work(request.prompt().model(), reply.usage(), blocks.shownTokens(), streamed);
    }
}
