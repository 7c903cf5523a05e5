package dev.llmsim.synth;

/** When the simulator calls a tool that it need not call. */
public enum ToolUse {
    NEVER,
    /** When the last message of the user names it, or a word of its name. */
    MENTIONED,
    ALWAYS
}
