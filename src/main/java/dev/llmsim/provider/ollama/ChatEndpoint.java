package dev.llmsim.provider.ollama;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import java.time.Instant;
import java.util.List;

/** Answers {@code POST /api/chat}. */
final class ChatEndpoint {
    private ChatEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call, "ChatRequest");
        Engine engine = call.engine();
        String model = ModelReader.read(fields, "chat");
        List<Turn> turns = MessagesReader.read(fields);
        boolean unloads = KeepAlive.isZero(fields);
        Thinking thinking = ThinkReader.read(fields, model);
        Tooling tooling = ToolsReader.read(fields, model);
        if (turns.isEmpty()) {
            String now = Instant.ofEpochSecond(engine.nowSeconds()).toString();
            return AnswerWriter.silent(model, now, unloads ? "unload" : "load", Said::writeMessage);
        }
        Prompt prompt =
                new Prompt(model, turns, tooling, FormatReader.read(fields), OptionsReader.read(fields), thinking);
        prompt.sampling().seed().ifPresent(engine::seeded);
        Reply reply = engine.reply(prompt);
        Metrics metrics = new Metrics(engine, AnswerWriter.work(model, reply, fields.flag("stream", true)));
        return new AnswerWriter(model, metrics, Said::writeMessage, end -> {}).write(reply.first());
    }
}
