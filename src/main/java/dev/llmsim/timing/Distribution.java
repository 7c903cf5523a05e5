package dev.llmsim.timing;

import java.util.random.RandomGenerator;

/**
 * How long waits are, in milliseconds. No wait is shorter than 1 ms, unless all are 0.
 *
 * @param meanMillis the mean, before the floor
 * @param deviationMillis the standard deviation, before the floor
 */
public record Distribution(Shape shape, double meanMillis, double deviationMillis) implements Waits {
    /** No wait at all. */
    public static final Distribution ZERO = new Distribution(Shape.NORMAL, 0, 0);

    private static final double FLOOR_MILLIS = 1;

    public Distribution {
        if (!(meanMillis >= 0) || !(deviationMillis >= 0) || meanMillis > 1e9 || deviationMillis > 1e9) {
            throw new IllegalArgumentException("latency: mean " + meanMillis + " ms, deviation " + deviationMillis
                    + " ms (expected: numbers from 0 to 1e9)");
        }
    }

    /** The form of a distribution. */
    public enum Shape {
        NORMAL,
        /** With a heavy tail on the right, as real services have it. */
        LOG_NORMAL
    }

    /** The same shape, all waits {@code factor} times as long on average. */
    public Distribution scaled(double factor) {
        return new Distribution(shape, meanMillis * factor, deviationMillis * factor);
    }

    @Override
    public double sample(RandomGenerator random) {
        if (meanMillis == 0) {
            return 0;
        }
        return Math.max(FLOOR_MILLIS, quantileOf(random.nextGaussian()));
    }

    @Override
    public Waits heavy() {
        return new Distribution(Shape.LOG_NORMAL, meanMillis, deviationMillis);
    }

    /** The wait below which a share of all waits lies that {@code deviations} of a standard normal distribution cut off. */
    private double quantileOf(double deviations) {
        if (shape == Shape.NORMAL) {
            return meanMillis + deviations * deviationMillis;
        }
        double ratio = deviationMillis / meanMillis;
        double variance = Math.log1p(ratio * ratio);
        return Math.exp(Math.log(meanMillis) - variance / 2 + deviations * Math.sqrt(variance));
    }
}
