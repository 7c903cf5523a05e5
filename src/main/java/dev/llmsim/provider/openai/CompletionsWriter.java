package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.List;

/** Writes legacy completions, whole or as a stream; both call themselves {@code text_completion}, nothing is padded. */
final class CompletionsWriter {
    private static final String OBJECT = "text_completion";

    private final ChatHead head;
    private final boolean withUsage;

    CompletionsWriter(ChatHead head, CompletionsRequest request) {
        this.head = head;
        withUsage = request.streaming().usage();
    }

    ObjectNode whole(List<CompletionChoice> choices, Usage usage) {
        ObjectNode json = head.begin(OBJECT);
        ArrayNode written = json.putArray("choices");
        choices.forEach(choice -> written.add(choice.whole()));
        json.set("usage", UsageWriter.plain(usage));
        return json.put("system_fingerprint", ChatHead.FINGERPRINT);
    }

    List<Piece> stream(List<CompletionChoice> choices, Usage usage) {
        Events events = new Events();
        choices.stream().filter(CompletionChoice::isEchoed).forEach(choice -> events.data(chunk(choice.echo())));
        int longest = choices.stream()
                .mapToInt(choice -> choice.tokens().size())
                .max()
                .orElse(0);
        for (int step = 0; step < longest; step++) {
            for (CompletionChoice choice : choices) {
                if (step < choice.tokens().size()) {
                    events.token().data(chunk(choice.step(step)));
                }
            }
        }
        choices.forEach(choice -> events.data(chunk(choice.closing())));
        if (withUsage) {
            ObjectNode last = begin();
            last.putArray("choices");
            last.put("model", head.model());
            last.put("system_fingerprint", ChatHead.FINGERPRINT);
            last.set("usage", UsageWriter.plain(usage));
            events.data(last);
        }
        return events.raw("data: [DONE]\n\n").pieces();
    }

    private ObjectNode chunk(ObjectNode choice) {
        ObjectNode json = begin();
        json.putArray("choices").add(choice);
        json.put("model", head.model()).put("system_fingerprint", ChatHead.FINGERPRINT);
        return withUsage ? json.putNull("usage") : json;
    }

    /** A stream names the model after its choices. */
    private ObjectNode begin() {
        return Json.object().put("id", head.id()).put("object", OBJECT).put("created", head.createdSeconds());
    }
}
