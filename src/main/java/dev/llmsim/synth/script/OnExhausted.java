package dev.llmsim.synth.script;

import java.util.Locale;

/** What a request gets for which every turn is used up. */
public enum OnExhausted {
    /** The last of the turns that are for it, for ever. */
    REPEAT_LAST,
    /** An error of the server, 500. */
    ERROR,
    /** The turns that are for it, from the first on. */
    LOOP;

    /** As it is written in a file: {@code repeat_last}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
