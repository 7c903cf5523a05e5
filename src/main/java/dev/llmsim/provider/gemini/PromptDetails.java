package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says how the tokens of a prompt divide into modalities. */
final class PromptDetails {
    private PromptDetails() {}

    /** The kinds of parts, in the order in which they are listed. */
    private enum Modality {
        TEXT,
        IMAGE,
        AUDIO,
        VIDEO,
        DOCUMENT;

        static Modality of(Part part) {
            if (part instanceof Part.Image) {
                return IMAGE;
            }
            if (!(part instanceof Part.Attachment attachment)) {
                return TEXT;
            }
            String type = attachment.mediaType();
            return type.startsWith("audio/") ? AUDIO : type.startsWith("video/") ? VIDEO : DOCUMENT;
        }
    }

    /** The {@code total} tokens of {@code prompt}: those that are missing without a modality are its own. */
    static ArrayNode of(Prompt prompt, int total, Engine engine) {
        Map<Modality, Integer> tokens = new EnumMap<>(Modality.class);
        int text = total;
        for (Modality modality : Modality.values()) {
            if (modality != Modality.TEXT && has(prompt, modality)) {
                int own = Math.max(0, engine.tokens(prompt) - engine.tokens(without(prompt, modality)));
                tokens.put(modality, Math.min(own, text));
                text -= Math.min(own, text);
            }
        }
        tokens.put(Modality.TEXT, text);
        ArrayNode details = Json.object().arrayNode();
        tokens.forEach((modality, count) -> {
            if (count > 0) {
                add(details, modality.name(), count);
            }
        });
        return details;
    }

    static ArrayNode text(int tokens) {
        ArrayNode details = Json.object().arrayNode();
        add(details, Modality.TEXT.name(), tokens);
        return details;
    }

    private static void add(ArrayNode details, String modality, int tokens) {
        details.addObject().put("modality", modality).put("tokenCount", tokens);
    }

    private static boolean has(Prompt prompt, Modality modality) {
        return prompt.turns().stream()
                .anyMatch(turn -> turn.parts().stream().anyMatch(part -> Modality.of(part) == modality));
    }

    private static Prompt without(Prompt prompt, Modality modality) {
        List<Turn> turns = prompt.turns().stream()
                .map(turn -> new Turn(
                        turn.role(),
                        turn.parts().stream()
                                .filter(part -> Modality.of(part) != modality)
                                .toList()))
                .toList();
        return new Prompt(prompt.model(), turns, prompt.tooling(), prompt.form(), prompt.sampling(), prompt.thinking());
    }
}
