package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a chat completion as a stream: choices take turns, one token each. */
final class ChatStream {
    /** With its padding, the JSON of a chunk is one character longer than a multiple of this (as recorded). */
    private static final int PADDED = 16;

    private final ChatHead head;
    private final ChatRequest request;
    private final Ids ids;
    private final Events events = new Events();

    ChatStream(ChatHead head, ChatRequest request, Ids ids) {
        this.head = head;
        this.request = request;
        this.ids = ids;
    }

    List<Piece> write(Reply reply) {
        List<Deltas> choices = new ArrayList<>();
        reply.choices().forEach(choice -> choices.add(new Deltas(choice, request)));
        int longest = 0;
        for (int i = 0; i < choices.size(); i++) {
            longest = Math.max(longest, choices.get(i).size());
            send(choices.get(i), i, choices.get(i).opening(), null);
        }
        for (int step = 0; step < longest; step++) {
            for (int i = 0; i < choices.size(); i++) {
                if (step < choices.get(i).size()) {
                    send(choices.get(i), i, choices.get(i).at(step), null);
                }
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            String reason = FinishReason.of(reply.choices().get(i).finish(), request.callForms());
            send(choices.get(i), i, Deltas.CLOSING, reason);
        }
        if (request.streaming().usage()) {
            sendUsage(reply);
        }
        return events.raw("data: [DONE]\n\n").pieces();
    }

    private void send(Deltas choice, int index, Deltas.Delta delta, @Nullable String reason) {
        ObjectNode chunk = begin();
        boolean usageFirst = choice.isParallel() && reason == null;
        if (usageFirst) {
            nullUsage(chunk);
        }
        ObjectNode written = chunk.putArray("choices").addObject().put("index", index);
        written.set("delta", delta.json());
        written.set("logprobs", delta.logprobs());
        written.put("finish_reason", reason);
        if (!usageFirst) {
            nullUsage(chunk);
        }
        if (delta.isToken()) {
            events.token();
        }
        send(chunk);
    }

    private void sendUsage(Reply reply) {
        ObjectNode chunk = begin();
        chunk.putArray("choices");
        chunk.set("usage", UsageWriter.detailed(reply.usage()));
        send(chunk);
    }

    private ObjectNode begin() {
        return head.begin("chat.completion.chunk")
                .put("service_tier", head.tier())
                .put("system_fingerprint", ChatHead.FINGERPRINT);
    }

    private void nullUsage(ObjectNode chunk) {
        if (request.streaming().usage()) {
            chunk.putNull("usage");
        }
    }

    private void send(ObjectNode chunk) {
        String json = Json.text(chunk);
        if (request.streaming().obfuscation()) {
            String open = json.substring(0, json.length() - 1) + ",\"obfuscation\":\"";
            int padding = Math.floorMod(1 - (open.length() + 2), PADDED);
            json = open + (padding == 0 ? "" : ids.alphanumeric("", padding)) + "\"}";
        }
        events.raw("data: " + json + "\n\n");
    }
}
