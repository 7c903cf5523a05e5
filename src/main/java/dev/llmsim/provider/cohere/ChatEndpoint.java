package dev.llmsim.provider.cohere;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code POST /v2/chat}. */
final class ChatEndpoint {
    private ChatEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call);
        Prompt prompt = ChatReader.read(fields);
        boolean streamed = fields.flag("stream");
        Engine engine = call.engine();
        prompt.sampling().seed().ifPresent(engine::seeded);
        String id = engine.ids().uuid();
        Reply reply = engine.reply(prompt);
        Message message = Message.of(reply.first());
        ChatEnd end = new ChatEnd(reply.first().finish(), reply.usage());
        Work work = new Work(prompt.model(), reply.usage(), message.shownTokens(), streamed);
        return streamed
                ? Answer.events(new ChatStream(id).write(message, end), work)
                : Answer.json(200, message.whole(id, end), work);
    }
}
