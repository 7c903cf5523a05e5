package dev.llmsim.provider.conversation;

/** Who speaks in a turn. */
public enum Role {
    /** The system prompt: {@code system}, {@code developer}, instructions. */
    SYSTEM,
    USER,
    /** The model, in an earlier answer. */
    ASSISTANT,
    /** The client, with the results of tools that the model had called. */
    TOOL
}
