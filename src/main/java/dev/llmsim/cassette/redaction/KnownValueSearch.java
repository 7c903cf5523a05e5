package dev.llmsim.cassette.redaction;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One search of one text for known values. Used by one thread.
 *
 * <p>Values and text are both chosen by whoever sends them, so the work is bounded: occurrences that overlap are one, base64 is
 * followed once for each of the four alignments, and after {@value #MAX_STEPS_PER_BYTE} steps for each byte of the text what
 * only ends like a known value is taken for one. No text that was not made for it comes near that.
 */
final class KnownValueSearch {
    static final int MAX_STEPS_PER_BYTE = 32;
    private static final int MIN_STEPS = 64 * 1024;
    private static final int ALIGNMENTS = 4;

    private final FoldedText text;
    private final Consumer<Span> found;
    private final long maxSteps;
    /** Where the base64 that was last followed ends, by alignment. */
    private final int[] followed = new int[ALIGNMENTS];

    private @Nullable Span last;
    private long steps;

    KnownValueSearch(FoldedText text, Consumer<Span> found) {
        this.text = text;
        this.found = found;
        this.maxSteps = MIN_STEPS + (long) MAX_STEPS_PER_BYTE * text.length();
        Arrays.fill(followed, -1);
    }

    /** Looks whether any of {@code needles}, which have one tail and the longest first, ends at {@code end}. */
    void tailAt(int end, List<Needle> needles) {
        if (steps > maxSteps) {
            steps++;
            Needle longest = needles.get(0);
            plain(Span.plain(Math.max(0, end - longest.length()), end, longest.secret()));
            return;
        }
        for (Needle needle : needles) {
            steps++;
            int from = end - needle.length();
            if (isFollowed(needle, from) || !stands(needle, from)) {
                continue;
            }
            if (needle.isPlain()) {
                plain(Span.plain(from, end, needle.secret()));
            } else {
                base64(needle, from, end);
            }
        }
    }

    /** Gives out what is left; returns how many bytes were looked at beside the pass itself. */
    long finish() {
        if (last != null) {
            found.accept(last);
            last = null;
        }
        return steps;
    }

    private boolean stands(Needle needle, int from) {
        if (from < 0) {
            return false;
        }
        for (int i = needle.length() - 1; i >= 0; i--) {
            steps++;
            if (text.at(from + i) != needle.bytes().at(i)) {
                return false;
            }
        }
        return true;
    }

    private void plain(Span span) {
        if (last != null && span.from() < last.to()) {
            last = last.union(span);
            return;
        }
        if (last != null) {
            found.accept(last);
        }
        last = span;
    }

    private void base64(Needle needle, int from, int end) {
        Base64Text run = Base64Text.around(text, from, end, from - needle.skippedChars());
        steps += run.to() - run.from();
        followed[alignment(needle, from)] = run.to();
        found.accept(new Span(run.from(), run.to(), needle.secret(), Span.Form.BASE64));
    }

    /** Whether {@code needle} at {@code from} would be in base64 that was followed already. */
    private boolean isFollowed(Needle needle, int from) {
        return !needle.isPlain() && from + needle.length() <= followed[alignment(needle, from)];
    }

    private static int alignment(Needle needle, int from) {
        return Math.floorMod(from - needle.skippedChars(), ALIGNMENTS);
    }
}
