package dev.llmsim.timing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Waits as they were measured: {@code shares.get(i)} of them are not longer than {@code millis.get(i)}; straight lines between.
 *
 * @param shares from 0 to 1, ascending
 * @param millis as many, never descending
 */
public record Quantiles(List<Double> shares, List<Double> millis) implements Waits {
    /** The shares at which measured waits are described. */
    public static final List<Double> GRID = DoubleStream.concat(
                    DoubleStream.of(0, 0.01, 0.02),
                    DoubleStream.concat(
                            DoubleStream.iterate(5, percent -> percent <= 95, percent -> percent + 5)
                                    .map(percent -> percent / 100),
                            DoubleStream.of(0.98, 0.99, 1)))
            .boxed()
            .toList();

    private static final double MOST_MILLIS = 1e9;

    public Quantiles {
        shares = List.copyOf(shares);
        millis = List.copyOf(millis);
        if (shares.size() < 2 || shares.size() != millis.size()) {
            throw new IllegalArgumentException("quantiles: " + shares.size() + " shares, " + millis.size()
                    + " waits (expected: as many of each, 2 at least)");
        }
        if (shares.get(0) != 0 || shares.get(shares.size() - 1) != 1 || !rises(shares, true)) {
            throw new IllegalArgumentException("shares: " + shares + " (expected: from 0 to 1, ascending)");
        }
        if (!(millis.get(0) >= 0) || !(millis.get(millis.size() - 1) <= MOST_MILLIS) || !rises(millis, false)) {
            throw new IllegalArgumentException(
                    "waits: " + millis + " ms (expected: numbers from 0 to 1e9, none smaller than the one before)");
        }
    }

    /** Those of measured waits, of which there has to be one, at {@link #GRID}. */
    public static Quantiles of(double[] measuredMillis) {
        double[] sorted = measuredMillis.clone();
        Arrays.sort(sorted);
        return new Quantiles(
                GRID, GRID.stream().map(share -> quantile(sorted, share)).toList());
    }

    /** The value below which {@code share} of {@code sorted} lies, between its neighbours where it falls between them. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double rest = place - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }

    @Override
    public double sample(RandomGenerator random) {
        double share = random.nextDouble();
        int after = 1;
        while (shares.get(after) < share) {
            after++;
        }
        double from = shares.get(after - 1);
        double part = (share - from) / (shares.get(after) - from);
        return millis.get(after - 1) + part * (millis.get(after) - millis.get(after - 1));
    }

    @Override
    public double meanMillis() {
        double mean = 0;
        for (int i = 1; i < shares.size(); i++) {
            mean += (shares.get(i) - shares.get(i - 1)) * (millis.get(i) + millis.get(i - 1)) / 2;
        }
        return mean;
    }

    @Override
    public Waits heavy() {
        return this;
    }

    private static boolean rises(List<Double> values, boolean strictly) {
        for (int i = 1; i < values.size(); i++) {
            double step = values.get(i) - values.get(i - 1);
            if (!(step >= 0) || (strictly && step == 0)) {
                return false;
            }
        }
        return true;
    }
}
