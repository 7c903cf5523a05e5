package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A block of an answer: whole, or as it begins and grows. */
sealed interface Block permits TextBlock, ThinkingBlock, ToolUseBlock {
    List<String> tokens();

    ObjectNode whole();

    /** What {@code content_block_start} shows. */
    ObjectNode begun();

    /** What comes before the first token. */
    default List<ObjectNode> opening() {
        return List.of();
    }

    ObjectNode delta(String token);

    /** Whether tokens are sent, and not only generated. */
    default boolean sendsTokens() {
        return true;
    }

    /** What comes after the last token. */
    default List<ObjectNode> closing() {
        return List.of();
    }
}
