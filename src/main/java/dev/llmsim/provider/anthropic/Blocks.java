package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Ids;
import java.util.ArrayList;
import java.util.List;

/** The blocks of an answer, in order. A text without a word is none. */
record Blocks(List<Block> blocks) {
    Blocks {
        blocks = List.copyOf(blocks);
    }

    static Blocks of(Choice choice, boolean thinks, IdStyle style, Ids ids) {
        List<Block> blocks = new ArrayList<>();
        for (Content content : choice.contents()) {
            if (content instanceof Content.ToolCall call) {
                String id = call.id().isEmpty() ? style.toolUse(ids) : style.toolUse(call.id());
                blocks.add(new ToolUseBlock(id, call.name(), call.tokens()));
            } else if (content instanceof Content.Thought) {
                if (thinks) {
                    blocks.add(new ThinkingBlock(content.tokens(), signature(ids)));
                }
            } else if (!content.text().isEmpty()) {
                blocks.add(new TextBlock(content.tokens()));
            }
        }
        return new Blocks(blocks);
    }

    /** As long as the shorter ones of the real service, in base64. */
    private static String signature(Ids ids) {
        return ids.alphanumeric("Eq", 350);
    }

    /** The tokens that the client sees. */
    int shownTokens() {
        return blocks.stream().mapToInt(block -> block.tokens().size()).sum();
    }
}
