package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Work;
import java.util.List;
import java.util.function.Function;

/** A family's format for a text that goes on from a text: no tools, no images. */
interface TextForm {
    Thinking SILENT = new Thinking(Thinking.Effort.NONE, Thinking.Summary.NONE, -1);

    /** What was asked for. */
    Question question(Fields body);

    ObjectNode whole(Completion completion);

    /** The chunk of one token of a stream. */
    ObjectNode part(String token, int index);

    /** The chunk after the last token. */
    ObjectNode end(Completion completion);

    /** A conversation and the limits of its answer; -1 tokens where there is no limit. */
    record Question(List<Turn> turns, int maxTokens, List<String> stops) {
        static Question of(String text, int maxTokens, List<String> stops) {
            return new Question(List.of(Turn.of(Role.USER, text)), maxTokens, stops);
        }

        Prompt prompt(ModelId model) {
            Sampling sampling = new Sampling(maxTokens, stops, 1, Sampling.DEFAULT.seed(), -1);
            return new Prompt(model.id(), turns, Tooling.NONE, OutputForm.TEXT, sampling, SILENT);
        }
    }

    /** A text that was generated. {@code id} is drawn for it. */
    record Completion(Fields body, Reply reply, String id) {
        Choice choice() {
            return reply.first();
        }

        String text() {
            return choice().text();
        }

        int promptTokens() {
            return reply.usage().prompt();
        }

        int completionTokens() {
            return reply.usage().completion();
        }
    }

    /** Answers invocations in {@code form}. */
    static Function<Invocation, Answer> handler(TextForm form) {
        return asked -> {
            Prompt prompt = form.question(asked.body()).prompt(asked.model());
            Reply reply = new Limits(asked.engine()).reply(prompt);
            Completion completion =
                    new Completion(asked.body(), reply, asked.engine().ids().uuid());
            List<String> tokens = completion.choice().contents().stream()
                    .filter(Content.Text.class::isInstance)
                    .flatMap(content -> content.tokens().stream())
                    .toList();
            Work work = new Work(asked.model().id(), reply.usage(), tokens.size(), asked.streamed());
            return asked.streamed()
                    ? new Streaming(form, completion, work).write(tokens, asked.chunks())
                    : asked.whole(form.whole(completion), work, reply.usage().uncached());
        };
    }

    /** A text as it is streamed. */
    record Streaming(TextForm form, Completion completion, Work work) {
        Answer write(List<String> tokens, ChunkStream chunks) {
            for (int i = 0; i < tokens.size(); i++) {
                chunks.token();
                chunks.send(form.part(tokens.get(i), i));
            }
            chunks.last(form.end(completion), completion.reply().usage().uncached(), work);
            return chunks.answer(work);
        }
    }
}
