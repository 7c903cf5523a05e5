package dev.llmsim.provider.conversation;

/** Whether the model calls tools. */
public sealed interface ToolChoice {
    ToolChoice AUTO = new Auto();
    ToolChoice NONE = new None();
    ToolChoice REQUIRED = new Required();

    /** As the model likes. */
    record Auto() implements ToolChoice {}

    /** Never. */
    record None() implements ToolChoice {}

    /** At least one, any of them. */
    record Required() implements ToolChoice {}

    /** This one. */
    record Named(String name) implements ToolChoice {}
}
