package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A response with all that later calls may ask of it. Its JSON is shared and never changed.
 *
 * @param ended how it looks in the end
 * @param history the items before its own input
 * @param historyBytes what those take in memory, about
 * @param askedTier the service tier that the client asked for
 * @param cancelled whether it was stopped before it had ended
 */
record StoredResponse(
        ObjectNode ended,
        Output output,
        List<ObjectNode> history,
        long historyBytes,
        List<ObjectNode> input,
        JsonNode askedTier,
        Times times,
        boolean cancelled) {
    private static final long BYTES_A_TOKEN = 60;

    StoredResponse {
        history = List.copyOf(history);
        input = List.copyOf(input);
    }

    /**
     * When what happens to a response in the background.
     *
     * @param firstTokenMicros after it was created
     * @param endMicros after it was created
     */
    record Times(boolean background, long createdSeconds, long firstTokenMicros, long endMicros) {
        private static final long MICROS = 1_000_000;

        long endSeconds() {
            return createdSeconds + endMicros / MICROS;
        }

        private boolean isQueued(long nowSeconds) {
            return background && (nowSeconds - createdSeconds) * MICROS < firstTokenMicros;
        }

        private boolean isWorking(long nowSeconds) {
            return background && (nowSeconds - createdSeconds) * MICROS < endMicros;
        }
    }

    String id() {
        return ended.path("id").asText();
    }

    /** How it looks at a time. */
    ObjectNode at(long nowSeconds) {
        if (cancelled) {
            return unfinished("cancelled");
        }
        if (times.isQueued(nowSeconds)) {
            return unfinished("queued");
        }
        return times.isWorking(nowSeconds) ? unfinished("in_progress") : ended;
    }

    ObjectNode unfinished(String status) {
        return ResponseObject.unfinished(ended, status, askedTier);
    }

    boolean hasEnded(long nowSeconds) {
        return cancelled || !times.isWorking(nowSeconds);
    }

    StoredResponse cancelledAt(long nowSeconds) {
        return hasEnded(nowSeconds)
                ? this
                : new StoredResponse(ended, output, history, historyBytes, input, askedTier, times, true);
    }

    /** How it is where the client steered it away: what was not sent yet is not said. */
    StoredResponse steeredAt(Steering place) {
        Output said = output.upTo(place);
        ObjectNode json = ended.deepCopy();
        json.put("status", "incomplete").putNull("completed_at");
        json.putObject("incomplete_details").put("reason", said.incomplete());
        ArrayNode items = json.putArray("output");
        said.items().forEach(item -> items.add(item.done()));
        json.put("output_text", said.text());
        json.set("usage", ResponseObject.usage(said.usage()));
        return new StoredResponse(json, said, history, historyBytes, input, askedTier, times, cancelled);
    }

    /** Everything that was said up to its end, for whoever continues it. */
    List<ObjectNode> conversation() {
        List<ObjectNode> all = new ArrayList<>(history);
        all.addAll(input);
        if (!cancelled) {
            output.items().forEach(item -> all.add(item.kept()));
        }
        return all;
    }

    /** What it takes in memory, about; the history counts again, since this keeps it alive. */
    long bytes() {
        long bytes = historyBytes + Json.write(ended).length() + BYTES_A_TOKEN * output.tokens();
        for (ObjectNode item : input) {
            bytes += Json.write(item).length();
        }
        return bytes;
    }
}
