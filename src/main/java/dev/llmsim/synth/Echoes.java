package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an echo repeats. */
final class Echoes {
    private static final String NOBODY_SPOKE = "(no user message found)";

    private Echoes() {}

    static String of(Generator.Question question) {
        Prompt prompt = question.prompt();
        return question.echoesAll()
                ? prompt.turns().stream().map(Echoes::line).collect(Collectors.joining("\n"))
                : prompt.lastOfUser()
                        .map(Turn::text)
                        .filter(text -> !text.isEmpty())
                        .orElse(NOBODY_SPOKE);
    }

    /** The system's words and those that came without a role as they are, those of the others after their role. */
    private static String line(Turn turn) {
        return turn.role() == Role.SYSTEM || turn.bare()
                ? turn.text()
                : turn.role().name().toLowerCase(Locale.ROOT) + ": " + turn.text();
    }
}
