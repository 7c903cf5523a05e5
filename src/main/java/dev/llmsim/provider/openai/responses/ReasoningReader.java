package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.openai.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code reasoning}: how much is thought, and what of that is shown. */
final class ReasoningReader {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final List<String> SUMMARIES = List.of("concise", "detailed", "auto");

    private ReasoningReader() {}

    static Thinking read(Fields body) {
        Optional<Fields> reasoning = body.object("reasoning");
        if (reasoning.isEmpty()) {
            return Thinking.DEFAULT;
        }
        String effort = reasoning.get().oneOf("effort", EFFORTS).orElse("");
        Optional<String> summary = reasoning.get().oneOf("summary", SUMMARIES);
        return new Thinking(
                effort(effort),
                summary.filter(SUMMARIES::contains)
                        .map(name -> Thinking.Summary.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(Thinking.Summary.NONE),
                -1);
    }

    private static Thinking.Effort effort(String name) {
        if (name.equals("max")) {
            return Thinking.Effort.XHIGH;
        }
        return EFFORTS.contains(name)
                ? Thinking.Effort.valueOf(name.toUpperCase(Locale.ROOT))
                : Thinking.Effort.DEFAULT;
    }
}
