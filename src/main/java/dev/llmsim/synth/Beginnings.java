package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** Cuts a prompt into its beginnings: the tools, then each turn, long turns every so many characters. */
final class Beginnings {
    private static final int CHARACTERS = 512;

    private final List<PromptCache.Beginning> beginnings = new ArrayList<>();
    private Seed soFar;
    private int tokens;

    private Beginnings(Seed soFar) {
        this.soFar = soFar;
    }

    static List<PromptCache.Beginning> of(Prompt prompt, PromptTokens cost) {
        Beginnings all = new Beginnings(new Seed(0).of(prompt.model()));
        all.add(prompt.tooling().toString() + prompt.form(), cost.definitions());
        for (int i = 0; i < prompt.turns().size(); i++) {
            Turn turn = prompt.turns().get(i);
            all.add(turn.toString(), cost.turns().get(i));
        }
        return all.beginnings;
    }

    private void add(String content, int cost) {
        for (int from = 0; from < content.length(); from += CHARACTERS) {
            int to = Math.min(content.length(), from + CHARACTERS);
            soFar = soFar.of(content.substring(from, to));
            int share = (int) ((long) cost * to / content.length());
            beginnings.add(new PromptCache.Beginning(soFar.value(), tokens + share));
        }
        tokens += cost;
    }
}
