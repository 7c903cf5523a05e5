package dev.llmsim.synth.script;

/**
 * Something that is wrong with a script file.
 *
 * @param line counted from 1; 0 where it has no place
 * @param fatal whether the script cannot be played; else what is found has no effect
 */
public record Finding(int line, String message, boolean fatal) {
    /** {@code FILE:LINE: message}. */
    public String at(String file) {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
