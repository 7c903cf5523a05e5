package dev.llmsim.bench;

import java.util.Arrays;

/** Measured values in ascending order, one at least. */
final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("samples: none (expected: one at least)");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    int count() {
        return sorted.length;
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    double median() {
        return quantile(0.5);
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The value below which {@code share} of all lies, between its neighbours where it falls between them. */
    double quantile(double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The largest difference between the shares below any value, here and in {@code asked} (Kolmogorov and Smirnov). */
    double distance(Asked asked) {
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double above = (i + 1.0) / sorted.length - asked.shareUpTo(sorted[i]);
            double below = asked.shareBelow(sorted[i]) - (double) i / sorted.length;
            distance = Math.max(distance, Math.max(above, below));
        }
        return distance;
    }

    /** The distance that so many samples exceed by chance once in a hundred times (Kolmogorov's limit). */
    double criticalDistance() {
        return 1.6276 / Math.sqrt(sorted.length);
    }
}
