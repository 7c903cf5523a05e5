package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import java.util.List;

/** Decides which tools an answer calls. */
final class ToolDecision {
    private ToolDecision() {}

    /** The tools to call, in order; none: answer in text. */
    static List<Tool> of(Prompt prompt, ToolUse use) {
        Tooling tooling = prompt.tooling();
        if (tooling.tools().isEmpty() || hasResults(prompt)) {
            return List.of();
        }
        ToolChoice choice = tooling.choice();
        if (choice instanceof ToolChoice.None) {
            return List.of();
        }
        if (choice instanceof ToolChoice.Named named) {
            return tooling.tools().stream()
                    .filter(tool -> tool.name().equals(named.name()))
                    .limit(1)
                    .toList();
        }
        boolean isRequired = choice instanceof ToolChoice.Required;
        return isRequired || use != ToolUse.NEVER ? mentioned(prompt, isRequired || use == ToolUse.ALWAYS) : List.of();
    }

    private static List<Tool> mentioned(Prompt prompt, boolean isMust) {
        List<Tool> tools = prompt.tooling().tools();
        String text = prompt.lastOfUser().map(Turn::text).orElse("");
        List<Tool> mentioned = Mentions.in(text, tools);
        List<Tool> called = mentioned.isEmpty() && isMust ? tools.subList(0, 1) : mentioned;
        return prompt.tooling().parallel() ? called : called.stream().limit(1).toList();
    }

    /** Whether a tool has answered since the user last spoke: then the loop ends. */
    private static boolean hasResults(Prompt prompt) {
        for (int i = prompt.turns().size() - 1; i >= 0; i--) {
            Turn turn = prompt.turns().get(i);
            if (turn.role() == Role.TOOL || turn.parts().stream().anyMatch(Part.ToolResult.class::isInstance)) {
                return true;
            }
            if (turn.role() == Role.USER) {
                return false;
            }
        }
        return false;
    }
}
