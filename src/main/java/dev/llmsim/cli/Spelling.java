package dev.llmsim.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
final class Spelling {
    private static final int MAX_EDITS = 2;

    private Spelling() {}

    /** That of {@code known} which is {@code word} but for two edits: letters changed, left out or put in. */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= MAX_EDITS)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** {@code " (did you mean ...?)"}, or nothing. */
    static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> " (did you mean " + meant + "?)")
                .orElse("");
    }

    /** Levenshtein's distance, row by row. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int changed = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(changed, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[to.length()];
    }
}
