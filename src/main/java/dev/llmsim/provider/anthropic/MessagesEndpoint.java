package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code POST /messages} and {@code POST /messages/count_tokens}. */
final class MessagesEndpoint {
    private MessagesEndpoint() {}

    static Answer answer(Call call) {
        MessagesRequest request = MessagesReader.read(call.request());
        Engine engine = call.engine();
        String model = request.prompt().model();
        Reply reply = new Limits(engine).reply(request.prompt());
        MessageHead head = new MessageHead(
                engine.ids().alphanumeric("msg_01", 22),
                engine.answeredModel(model),
                new UsageWriter(reply.usage(), request.caching()));
        Blocks blocks = Blocks.of(reply.first(), request.thinks(), engine.ids());
        Work work = new Work(model, reply.usage(), blocks.shownTokens(), request.streamed());
        return request.streamed()
                ? Answer.events(
                        new MessageStream(head).write(blocks, reply.first().finish()), work)
                : Answer.json(200, head.whole(blocks, reply.first().finish()), work);
    }

    static Answer count(Call call) {
        MessagesRequest request = MessagesReader.readUncapped(call.request());
        int tokens = call.engine().tokens(request.prompt());
        return Answer.json(200, Json.object().put("input_tokens", tokens), Work.NONE);
    }
}
