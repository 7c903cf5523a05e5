package dev.llmsim.bench;

import dev.llmsim.timing.Distribution;
import dev.llmsim.timing.Quantiles;
import dev.llmsim.timing.Waits;
import java.util.List;

/**
 * The distribution of waits that was asked for, by its own formula: it knows the profile's numbers, not how the program draws.
 *
 * @param shiftMillis what the prompt adds to each wait
 */
record Asked(Waits waits, double shiftMillis) {
    /** No wait is shorter (docs/latency.md). */
    private static final double FLOOR_MILLIS = 1;

    private static final double NOTHING = 1e-7;
    private static final int STEPS = 200_000;
    private static final int HALVINGS = 60;

    /** The share of waits that are not longer than {@code millis}. */
    double shareUpTo(double millis) {
        double own = millis - shiftMillis;
        return own < FLOOR_MILLIS && waits instanceof Distribution ? 0 : cumulated(own);
    }

    /** The share of waits that are shorter than {@code millis}; it differs at the floor, where many waits are alike. */
    double shareBelow(double millis) {
        double own = millis - shiftMillis;
        return own <= FLOOR_MILLIS && waits instanceof Distribution ? 0 : cumulated(own);
    }

    double mean() {
        double end = end();
        double step = end / STEPS;
        double mean = 0;
        for (int i = 0; i < STEPS; i++) {
            mean += (1 - shareUpTo((i + 0.5) * step)) * step;
        }
        return mean;
    }

    double quantile(double share) {
        double low = 0;
        double high = end();
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (shareUpTo(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double end() {
        double end = 2 * FLOOR_MILLIS + shiftMillis;
        while (1 - shareUpTo(end) > NOTHING) {
            end *= 2;
        }
        return end;
    }

    private double cumulated(double millis) {
        if (waits instanceof Quantiles measured) {
            return between(measured.millis(), measured.shares(), millis);
        }
        return cumulated((Distribution) waits, millis);
    }

    private static double cumulated(Distribution asked, double millis) {
        if (asked.shape() == Distribution.Shape.NORMAL) {
            return normal((millis - asked.meanMillis()) / asked.deviationMillis());
        }
        double ratio = asked.deviationMillis() / asked.meanMillis();
        double sigma = Math.sqrt(Math.log1p(ratio * ratio));
        return normal((Math.log(millis / asked.meanMillis()) + sigma * sigma / 2) / sigma);
    }

    private static double between(List<Double> millis, List<Double> shares, double at) {
        int above = 0;
        while (above < millis.size() && millis.get(above) <= at) {
            above++;
        }
        if (above == 0 || above == millis.size()) {
            return above == 0 ? 0 : 1;
        }
        double part = (at - millis.get(above - 1)) / (millis.get(above) - millis.get(above - 1));
        return shares.get(above - 1) + part * (shares.get(above) - shares.get(above - 1));
    }

    /** The distribution function of the standard normal distribution (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
    private static double normal(double x) {
        double z = Math.abs(x) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * z);
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double tail = poly * Math.exp(-z * z) / 2;
        return x >= 0 ? 1 - tail : tail;
    }
}
