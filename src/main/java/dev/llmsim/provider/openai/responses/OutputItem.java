package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** One thing that a response consists of: thoughts, a message, a call of a tool. */
sealed interface OutputItem permits ReasoningItem, MessageItem, CallItem {
    String id();

    /** Its tokens as the client sees them. */
    List<String> tokens();

    /** How it looks while nothing of it is there yet. */
    ObjectNode begun();

    /** All of it. */
    ObjectNode done();

    /** The same for those that continue the conversation. */
    default ObjectNode kept() {
        return done();
    }

    /** Its first {@code shown} tokens, and that there will be no more. */
    OutputItem cut(int shown);

    /** What a stream tells between the two. */
    void stream(ItemEvents events);

    default String text() {
        return String.join("", tokens());
    }

    /** How far an item has come. */
    enum Status {
        IN_PROGRESS,
        COMPLETED,
        INCOMPLETE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
