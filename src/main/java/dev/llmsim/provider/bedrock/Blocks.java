package dev.llmsim.provider.bedrock;

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

    static Blocks of(ConverseRequest request, Choice choice, Ids ids) {
        boolean isClaude = request.model().isClaude();
        List<Block> blocks = new ArrayList<>();
        for (Content content : choice.contents()) {
            if (content instanceof Content.ToolCall call) {
                String id = call.id().isEmpty() ? ids.alphanumeric("tooluse_", 22) : call.id();
                blocks.add(new ToolUseBlock(id, call.name(), call.tokens(), isClaude));
            } else if (content instanceof Content.Thought) {
                if (request.thinks() && (isClaude || !content.tokens().isEmpty())) {
                    blocks.add(new ReasoningBlock(content.tokens(), isClaude ? ids.alphanumeric("Eq", 350) : ""));
                }
            } else if (!content.text().isEmpty()) {
                blocks.add(new TextBlock(content.tokens()));
            }
        }
        return new Blocks(blocks);
    }

    /** The tokens that the client sees. */
    int shownTokens() {
        return blocks.stream().mapToInt(block -> block.tokens().size()).sum();
    }
}
