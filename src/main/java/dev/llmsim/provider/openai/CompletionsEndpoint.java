package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code POST /completions}, the legacy way to ask: each prompt gets {@code n} choices. */
final class CompletionsEndpoint {
    /** The format has no place for thoughts, and a small limit spent on unseen ones would leave no text. */
    private static final Thinking OFF = new Thinking(Thinking.Effort.NONE, Thinking.Summary.NONE, -1);

    private CompletionsEndpoint() {}

    static Answer answer(Call call) {
        CompletionsRequest request = CompletionsRequest.read(Fields.of(call));
        Engine engine = call.engine();
        request.sampling().seed().ifPresent(engine::seeded);
        ChatHead head = new ChatHead(
                engine.ids().alphanumeric("cmpl-", 29),
                engine.nowSeconds(),
                engine.answeredModel(request.model()),
                "default");
        List<CompletionChoice> choices = new ArrayList<>();
        Usage usage = new Usage(0, 0, 0, 0, 0);
        for (TextInput prompt : request.prompts()) {
            Reply reply = engine.reply(prompt(request, prompt));
            usage = sum(usage, reply.usage(), prompt.tokens(engine, request.model()));
            for (Choice choice : reply.choices()) {
                choices.add(new CompletionChoice(choices.size(), choice, request, prompt));
            }
        }
        CompletionsWriter writer = new CompletionsWriter(head, request);
        int shown = choices.stream().mapToInt(choice -> choice.tokens().size()).sum();
        boolean streamed = request.streaming().wanted();
        Work work = new Work(request.model(), usage, shown, streamed);
        return streamed
                ? Answer.events(writer.stream(choices, usage), work)
                : Answer.json(200, writer.whole(choices, usage), work);
    }

    private static Prompt prompt(CompletionsRequest request, TextInput prompt) {
        return new Prompt(
                request.model(),
                List.of(Turn.of(Role.USER, prompt.text())),
                Tooling.NONE,
                OutputForm.TEXT,
                request.sampling(),
                OFF);
    }

    /** A bare prompt costs its own tokens and nothing for the frame of a message. */
    private static Usage sum(Usage before, Usage reply, int promptTokens) {
        return new Usage(
                before.prompt() + promptTokens,
                before.completion() + reply.completion(),
                before.reasoning() + reply.reasoning(),
                0,
                0);
    }
}
