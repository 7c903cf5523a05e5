package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Lines;
import dev.llmsim.provider.simulation.Work;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes an answer: as one object, or as one for each token and a last one that tells what it took. */
final class AnswerWriter {
    private final String model;
    private final Metrics metrics;
    private final BiConsumer<Said, ObjectNode> form;
    private final Consumer<ObjectNode> atEnd;

    /**
     * A writer of one answer.
     *
     * @param form how an object tells what is said
     * @param atEnd adds what the last object has beside {@code done_reason} and the metrics
     */
    AnswerWriter(String model, Metrics metrics, BiConsumer<Said, ObjectNode> form, Consumer<ObjectNode> atEnd) {
        this.model = model;
        this.metrics = metrics;
        this.form = form;
        this.atEnd = atEnd;
    }

    /** What {@code reply} takes: every token of it is seen. */
    static Work work(String model, Reply reply, boolean streamed) {
        int shown = reply.first().contents().stream()
                .mapToInt(content -> content.tokens().size())
                .sum();
        return new Work(model, reply.usage(), shown, streamed);
    }

    Answer write(Choice choice) {
        return metrics.work().streamed()
                ? streamed(choice)
                : OllamaSurface.json(last(Said.all(choice), choice.finish()), metrics.work());
    }

    private Answer streamed(Choice choice) {
        Lines lines = new Lines();
        int calls = 0;
        for (Content content : choice.contents()) {
            if (content instanceof Content.ToolCall call) {
                call.tokens().forEach(token -> lines.token());
                lines.line(part(Said.call(call, calls++), lines.tokens()));
            } else {
                addTokens(content, lines);
            }
        }
        lines.line(last(Said.NOTHING, choice.finish()));
        return Answer.lines(lines.pieces(), metrics.work());
    }

    private void addTokens(Content content, Lines lines) {
        for (String token : content.tokens()) {
            lines.token();
            if (!token.isEmpty()) {
                Said said = content instanceof Content.Thought ? Said.thought(token) : Said.text(token);
                lines.line(part(said, lines.tokens()));
            }
        }
    }

    private ObjectNode part(Said said, int token) {
        ObjectNode json = begin(model, metrics.at(token));
        form.accept(said, json);
        return json.put("done", false);
    }

    private ObjectNode last(Said said, Finish finish) {
        ObjectNode json = begin(model, metrics.end());
        form.accept(said, json);
        json.put("done", true).put("done_reason", reason(finish));
        atEnd.accept(json);
        metrics.write(json);
        return json;
    }

    /** The answer to a request that says nothing, and only loads or unloads a model. */
    static Answer silent(String model, String createdAt, String reason, BiConsumer<Said, ObjectNode> form) {
        ObjectNode json = begin(model, createdAt);
        form.accept(Said.NOTHING, json);
        json.put("done", true).put("done_reason", reason);
        return OllamaSurface.json(json, new Work(model, new Usage(0, 0, 0, 0, 0), 0, false));
    }

    private static ObjectNode begin(String model, String createdAt) {
        return Json.object().put("model", model).put("created_at", createdAt);
    }

    /** Calls of tools have no reason of their own. */
    private static String reason(Finish finish) {
        return finish.reason() == Finish.Reason.LENGTH ? "length" : "stop";
    }
}
