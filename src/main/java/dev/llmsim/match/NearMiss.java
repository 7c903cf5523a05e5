package dev.llmsim.match;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recording that comes nearest to a request that no recording answers, and why it does not. Explains; never decides.
 *
 * @param recordingId the nearest recording
 * @param sharedTurns how many turns of the conversation are the same from its beginning
 * @param recordedTurns how many turns the recording has
 * @param firstOrNull the difference that tells most; absent where the canonical requests are equal
 * @param otherPlaces how many more places differ
 */
public record NearMiss(
        String recordingId,
        int sharedTurns,
        int recordedTurns,
        @Nullable Difference firstOrNull,
        int otherPlaces) {
    private static final Comparator<Comparison> NEARER = Comparator.comparing(Comparison::isSameRoute)
            .thenComparingInt(Comparison::sharedTurns)
            .thenComparingInt(Comparison::sameMembers)
            .thenComparingInt(Comparison::sameCharacters);

    /** A recorded request that may be the nearest. */
    public record Candidate(String recordingId, CanonicalRequest request) {}

    private record Held(String recordingId, Comparison comparison) {}

    /** Holds the nearest of the candidates it was shown, and no other. Not thread-safe. */
    public static final class Search {
        private final CanonicalRequest asked;
        private @Nullable Held best;

        public Search(CanonicalRequest asked) {
            this.asked = asked;
        }

        public void consider(Candidate candidate) {
            Held held = new Held(candidate.recordingId(), new Comparison(candidate.request(), asked));
            if (best == null || NEARER.compare(held.comparison(), best.comparison()) > 0) {
                best = held;
            }
        }

        /** The nearest, the first of equals; empty where there was none. */
        public Optional<NearMiss> nearest() {
            return Optional.ofNullable(best).map(NearMiss::of);
        }
    }

    /** The nearest of {@code candidates} to {@code asked}, the first of equals; empty where there are none. */
    public static Optional<NearMiss> find(CanonicalRequest asked, List<Candidate> candidates) {
        Search search = new Search(asked);
        candidates.forEach(search::consider);
        return search.nearest();
    }

    private static NearMiss of(Held nearest) {
        Comparison comparison = nearest.comparison();
        List<Difference> differences = comparison.differences();
        return new NearMiss(
                nearest.recordingId(),
                comparison.sharedTurns(),
                comparison.recordedTurns(),
                differences.isEmpty() ? null : differences.get(0),
                Math.max(0, differences.size() - 1));
    }

    public Optional<Difference> first() {
        return Optional.ofNullable(firstOrNull);
    }

    /** What to do, in one line. */
    public String remedy() {
        return first().map(Difference::cause).orElse(Cause.OTHER).remedy();
    }

    /** Several lines for people: the nearest recording, the first difference, the remedy. */
    public String render() {
        StringBuilder text = new StringBuilder("Nearest recording: ").append(recordingId);
        if (recordedTurns > 0) {
            text.append(" (").append(sharedTurns).append(" of its ").append(recordedTurns);
            text.append(" turns are the same from the beginning)");
        }
        first().ifPresentOrElse(
                        difference -> append(difference, text), () -> text.append("\nNo difference in content."));
        if (otherPlaces > 0) {
            text.append("\n").append(otherPlaces).append(otherPlaces == 1 ? " more place" : " more places");
            text.append(otherPlaces == 1 ? " differs." : " differ.");
        }
        return text.append("\nRemedy: ").append(remedy()).toString();
    }

    private void append(Difference difference, StringBuilder text) {
        text.append("\nFirst difference: ");
        if (difference.cause() == Cause.MESSAGE_EDITED) {
            text.append("message ").append(sharedTurns + 1).append(' ');
        }
        text.append(difference.cause().words()).append(", at ").append(difference.place());
        text.append("\n  recorded: ").append(difference.recorded());
        text.append("\n  asked:    ").append(difference.asked());
    }
}
