package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code POST /chat/completions}. */
final class ChatEndpoint {
    private ChatEndpoint() {}

    static Answer answer(Call call) {
        ChatRequest request = ChatReader.read(Fields.of(call));
        Engine engine = call.engine();
        request.prompt().sampling().seed().ifPresent(engine::seeded);
        String model = request.prompt().model();
        ChatHead head = new ChatHead(
                engine.ids().alphanumeric("chatcmpl-", 29),
                engine.nowSeconds(),
                engine.answeredModel(model),
                request.tier());
        Reply reply = new CallShaper(request.callForms(), engine.ids()).shape(engine.reply(request.prompt()));
        boolean streamed = request.streaming().wanted();
        Work work = new Work(model, reply.usage(), ShownTokens.of(reply), streamed);
        return streamed
                ? Answer.events(new ChatStream(head, request, engine.ids()).write(reply), work)
                : Answer.json(200, ChatWriter.write(head, request, reply), work);
    }
}
