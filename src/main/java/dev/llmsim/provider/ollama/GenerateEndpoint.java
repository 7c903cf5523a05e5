package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code POST /api/generate}. */
final class GenerateEndpoint {
    /** As many tokens as most vocabularies have. */
    private static final int VOCABULARY = 128_000;

    private GenerateEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call, "GenerateRequest");
        Engine engine = call.engine();
        String model = ModelReader.read(fields, "generate");
        boolean unloads = KeepAlive.isZero(fields);
        boolean raw = fields.flag("raw", false);
        boolean conversing = !fields.text("template").isEmpty()
                || !fields.text("system").isEmpty()
                || !fields.elements("context", "[]int").isEmpty();
        if (raw && conversing) {
            throw new ApiErrorException(400, "raw mode does not support template, system, or context");
        }
        Thinking thinking = ThinkReader.read(fields, model);
        if (fields.text("prompt").isEmpty()) {
            String now = Instant.ofEpochSecond(engine.nowSeconds()).toString();
            return AnswerWriter.silent(model, now, unloads ? "unload" : "load", Said::writeResponse);
        }
        Prompt prompt = new Prompt(
                model, turns(fields), Tooling.NONE, FormatReader.read(fields), OptionsReader.read(fields), thinking);
        prompt.sampling().seed().ifPresent(engine::seeded);
        Reply reply = engine.reply(prompt);
        Metrics metrics = new Metrics(engine, AnswerWriter.work(model, reply, fields.flag("stream", true)));
        AnswerWriter writer = new AnswerWriter(model, metrics, Said::writeResponse, end -> {
            if (!raw) {
                writeContext(fields, metrics, end);
            }
        });
        return writer.write(reply.first());
    }

    private static List<Turn> turns(Fields fields) {
        List<Turn> turns = new ArrayList<>();
        String system = fields.text("system");
        if (!system.isEmpty()) {
            turns.add(Turn.of(Role.SYSTEM, system));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(fields.text("prompt")));
        String suffix = fields.text("suffix");
        if (!suffix.isEmpty()) {
            parts.add(new Part.Text(suffix));
        }
        parts.addAll(ImagesReader.read(fields));
        turns.add(new Turn(Role.USER, parts));
        return turns;
    }

    /** The tokens of the conversation so far: as many as there were, for this server's own are numbers that nobody reads. */
    private static void writeContext(Fields fields, Metrics metrics, ObjectNode end) {
        ArrayNode context = end.putArray("context");
        fields.elements("context", "[]int").forEach(token -> context.add(token.intValue()));
        int token = fields.text("prompt").hashCode();
        for (int i = 0; i < metrics.usage().total(); i++) {
            token = token * 1_103_515_245 + 12_345;
            context.add(Math.floorMod(token >> 8, VOCABULARY));
        }
    }
}
