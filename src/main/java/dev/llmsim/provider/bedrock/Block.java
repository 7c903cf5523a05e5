package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A block of an answer: whole, or as it begins and grows. Members come in the order of their names, as on the wire. */
sealed interface Block permits TextBlock, ReasoningBlock, ToolUseBlock {
    List<String> tokens();

    ObjectNode whole();

    /** What {@code contentBlockStart} shows; blocks of other kinds than tool use have no such event. */
    default Optional<ObjectNode> start() {
        return Optional.empty();
    }

    ObjectNode delta(String token);

    /** What comes after the last token. */
    default List<ObjectNode> closing() {
        return List.of();
    }
}
