package dev.llmsim.provider.conversation;

import java.util.Objects;

/** A part of a message. */
public sealed interface Part {
    record Text(String text) implements Part {
        public Text {
            Objects.requireNonNull(text);
        }
    }

    /**
     * A picture.
     *
     * @param width in pixels; 0 where the size is not known, for instance behind a URL
     * @param height in pixels; 0 where the size is not known
     */
    record Image(int width, int height, Detail detail) implements Part {}

    /** How closely a model is asked to look at an image. */
    enum Detail {
        AUTO,
        LOW,
        HIGH
    }

    /** A document, a sound, a video: its media type (may be empty) and how many bytes came with the request. */
    record Attachment(String mediaType, long bytes) implements Part {}

    /** A call of a tool that the model had made; {@code arguments} as JSON text. */
    record ToolCall(String id, String name, String arguments) implements Part {}

    /** What came of a call; {@code callId} is empty where the dialect names the tool alone. */
    record ToolResult(String callId, String name, String text) implements Part {}

    /** What the model had thought before it answered; may be empty where it is encrypted. */
    record Thought(String text) implements Part {}
}
