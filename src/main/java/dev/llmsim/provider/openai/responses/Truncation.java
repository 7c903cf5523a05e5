package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Engine;
import java.util.ArrayList;
import java.util.List;

/** Drops the oldest turns of a conversation that is too long, those of the system excepted. */
final class Truncation {
    private Truncation() {}

    static Prompt shortened(Prompt prompt, Engine engine) {
        int most = engine.model(prompt.model()).map(Model::contextTokens).orElse(Integer.MAX_VALUE)
                - Math.max(0, prompt.sampling().maxTokens());
        int droppable = (int) prompt.turns().stream()
                .filter(turn -> turn.role() != Role.SYSTEM)
                .count();
        int least = 1;
        int enough = Math.max(1, droppable - 1);
        while (least < enough) {
            int middle = (least + enough) / 2;
            if (engine.tokens(without(prompt, middle)) <= most) {
                enough = middle;
            } else {
                least = middle + 1;
            }
        }
        return without(prompt, enough);
    }

    private static Prompt without(Prompt prompt, int dropped) {
        List<Turn> kept = new ArrayList<>();
        int left = dropped;
        for (Turn turn : prompt.turns()) {
            if (turn.role() == Role.SYSTEM || left-- <= 0) {
                kept.add(turn);
            }
        }
        return new Prompt(prompt.model(), kept, prompt.tooling(), prompt.form(), prompt.sampling(), prompt.thinking());
    }
}
