package dev.llmsim.mode;

import java.util.Locale;

/** How a request was found equal to a recording; the value of {@code x-llmsim-match}. */
public enum MatchTier {
    /** The same bytes. */
    EXACT,
    /** The same canonical request. */
    CANONICAL;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
