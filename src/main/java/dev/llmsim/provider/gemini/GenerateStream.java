package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.ArrayList;
import java.util.List;

/** Writes an answer in chunks: candidates take turns, one step each. Counts of tokens grow from chunk to chunk. */
final class GenerateStream {
    private final AnswerHead head;
    private final Candidates candidates;
    private final boolean sse;
    private final Events events = new Events();
    private int shownThoughts;
    private int shown;
    private int allThoughts;
    private int chunks;

    /** With {@code sse} events, else the elements of a JSON array. */
    GenerateStream(AnswerHead head, Candidates candidates, boolean sse) {
        this.head = head;
        this.candidates = candidates;
        this.sse = sse;
    }

    List<Piece> write(List<Choice> choices, Steps steps) {
        List<List<Steps.Step>> taken = new ArrayList<>();
        choices.forEach(choice -> taken.add(steps.of(choice)));
        taken.forEach(all -> all.forEach(
                step -> allThoughts += step.isThought() ? step.tokens().size() : 0));
        int longest = taken.stream().mapToInt(List::size).max().orElse(0);
        int open = choices.size();
        for (int at = 0; at < Math.max(1, longest); at++) {
            for (int i = 0; i < choices.size(); i++) {
                List<Steps.Step> all = taken.get(i);
                boolean ends = at == Math.max(0, all.size() - 1);
                if (ends) {
                    List<Steps.Step> now = all.isEmpty() ? List.of() : List.of(all.get(at));
                    count(now);
                    open--;
                    send(candidates.last(i, now, choices.get(i)), open == 0);
                } else if (at < all.size()) {
                    List<Steps.Step> now = List.of(all.get(at));
                    count(now);
                    send(candidates.part(i, now), false);
                }
            }
        }
        return sse ? events.pieces() : events.raw("\n]").pieces();
    }

    /** The tokens that are generated with the steps. */
    private void count(List<Steps.Step> steps) {
        for (Steps.Step step : steps) {
            for (int i = 0; i < step.tokens().size(); i++) {
                events.token();
            }
            shown += step.isThought() ? 0 : step.tokens().size();
            shownThoughts += step.isThought() ? step.tokens().size() : 0;
        }
    }

    private void send(ObjectNode candidate, boolean last) {
        Usage usage = head.usage();
        int most = usage.completion() - usage.reasoning();
        int thoughts = shownThoughts < allThoughts
                ? (int) ((long) usage.reasoning() * shownThoughts / allThoughts)
                : usage.reasoning();
        ArrayNode array = Json.object().arrayNode().add(candidate);
        ObjectNode chunk = head.around(array, last ? most : Math.min(shown, most), thoughts);
        if (sse) {
            events.data(chunk);
        } else {
            events.raw((chunks == 0 ? "[" : ",\r\n") + Json.text(chunk));
        }
        chunks++;
    }
}
