package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;

/** The format of Cohere Command R, without its tools and documents. */
final class CommandForm implements TextForm {
    private static final List<String> ROLES = List.of("USER", "CHATBOT", "SYSTEM");

    @Override
    public Question question(Fields body) {
        List<Turn> turns = new ArrayList<>();
        body.text("preamble").ifPresent(preamble -> turns.add(Turn.of(Role.SYSTEM, preamble)));
        for (Fields message : body.objects("chat_history")) {
            message.requiredText("role");
            turns.add(Turn.of(role(message.oneOf("role", ROLES).orElseThrow()), message.requiredText("message")));
        }
        turns.add(Turn.of(Role.USER, body.requiredText("message")));
        return new Question(turns, body.integer("max_tokens", 1), body.texts("stop_sequences"));
    }

    private static Role role(String role) {
        return switch (role) {
            case "CHATBOT" -> Role.ASSISTANT;
            case "SYSTEM" -> Role.SYSTEM;
            default -> Role.USER;
        };
    }

    @Override
    public ObjectNode whole(Completion completion) {
        ObjectNode json = Json.object()
                .put("response_id", completion.id())
                .put("text", completion.text())
                .put("generation_id", completion.id());
        ArrayNode history = json.putArray("chat_history");
        completion.body().objects("chat_history").forEach(message -> history.add(message.node()));
        history.addObject().put("role", "USER").put("message", completion.body().requiredText("message"));
        history.addObject().put("role", "CHATBOT").put("message", completion.text());
        return json.put("finish_reason", reason(completion));
    }

    @Override
    public ObjectNode part(String token, int index) {
        return Json.object()
                .put("is_finished", false)
                .put("event_type", "text-generation")
                .put("text", token);
    }

    @Override
    public ObjectNode end(Completion completion) {
        ObjectNode json = Json.object().put("is_finished", true).put("event_type", "stream-end");
        json.set("response", whole(completion));
        return json.put("finish_reason", reason(completion));
    }

    private static String reason(Completion completion) {
        return completion.choice().finish().reason() == Finish.Reason.LENGTH ? "MAX_TOKENS" : "COMPLETE";
    }
}
