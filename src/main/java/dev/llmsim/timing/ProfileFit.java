package dev.llmsim.timing;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A profile learned from recorded streams, and how far it is from them.
 *
 * <p>What a prompt token adds to the TTFT is the median slope over pairs of streams with different prompts (Theil and Sen), which a
 * few slow answers do not bend. The rest of the TTFT, and the gaps, are kept by their quantiles.
 *
 * @param ttft recorded TTFTs against the profile's for the same prompts
 * @param gap recorded gaps against the profile's
 */
public record ProfileFit(LatencyProfile profile, Compared ttft, Compared gap) {
    /** With fewer, nothing can be said. */
    public static final int FEWEST_STREAMS = 5;

    public static final int FEWEST_GAPS = 50;

    private static final int DRAWS = 20_000;
    private static final int PAIRS = 100_000;

    /** A slope from prompts that differ by less would be noise. */
    private static final int LEAST_SPREAD_TOKENS = 100;

    /**
     * A profile's waits beside those that were recorded, in milliseconds.
     *
     * @param distance the largest difference of the shares below any value (Kolmogorov and Smirnov)
     */
    public record Compared(int samples, Row recorded, Row profile, double distance) {
        /** How far the recorded shares may be from the true ones by chance, 19 times of 20 (Dvoretzky, Kiefer, Wolfowitz). */
        public double samplingError() {
            return Math.min(1, Math.sqrt(Math.log(2 / 0.05) / (2.0 * samples)));
        }

        /** Sorts both. */
        public static Compared of(double[] recorded, double[] drawn) {
            Arrays.sort(recorded);
            Arrays.sort(drawn);
            return new Compared(recorded.length, Row.of(recorded), Row.of(drawn), distance(recorded, drawn));
        }

        private static double distance(double[] one, double[] other) {
            double distance = 0;
            int i = 0;
            int j = 0;
            while (i < one.length && j < other.length) {
                double value = Math.min(one[i], other[j]);
                while (i < one.length && one[i] <= value) {
                    i++;
                }
                while (j < other.length && other[j] <= value) {
                    j++;
                }
                distance = Math.max(distance, Math.abs((double) i / one.length - (double) j / other.length));
            }
            return distance;
        }
    }

    /** Three quantiles. */
    public record Row(double p50, double p90, double p99) {
        static Row of(double[] sorted) {
            return new Row(
                    Quantiles.quantile(sorted, 0.5), Quantiles.quantile(sorted, 0.9), Quantiles.quantile(sorted, 0.99));
        }
    }

    /**
     * The profile of {@code streams}.
     *
     * @throws LlmSimException with {@code USAGE}, where there are too few of them
     */
    public static ProfileFit of(String name, List<StreamTimes> streams) {
        double[] gaps = streams.stream()
                .flatMap(stream -> stream.gapMillis().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (streams.size() < FEWEST_STREAMS || gaps.length < FEWEST_GAPS) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "profile fit: " + streams.size() + " streamed recordings with measured times, " + gaps.length
                            + " gaps between their tokens (expected: " + FEWEST_STREAMS + " and " + FEWEST_GAPS
                            + " at least): record more of them with 'llmsim record'");
        }
        double slope = slope(streams);
        double[] rests = streams.stream()
                .mapToDouble(stream -> Math.max(0, stream.ttftMillis() - slope * stream.promptTokens()))
                .toArray();
        LatencyProfile profile = new LatencyProfile(name, Quantiles.of(rests), Quantiles.of(gaps), slope);
        return new ProfileFit(profile, ttfts(profile, streams), gaps(profile, gaps));
    }

    private static Compared ttfts(LatencyProfile profile, List<StreamTimes> streams) {
        SplittableRandom random = new SplittableRandom(1);
        double[] drawn = new double[DRAWS];
        Arrays.setAll(
                drawn, i -> profile.ttftMicros(streams.get(i % streams.size()).promptTokens(), random) / 1000.0);
        return Compared.of(streams.stream().mapToDouble(StreamTimes::ttftMillis).toArray(), drawn);
    }

    private static Compared gaps(LatencyProfile profile, double[] recorded) {
        SplittableRandom random = new SplittableRandom(2);
        double[] drawn = new double[DRAWS];
        Arrays.setAll(drawn, i -> profile.gapMicros(random) / 1000.0);
        return Compared.of(recorded, drawn);
    }

    /** Milliseconds a token of the prompt; 0 where the prompts are too alike to tell. */
    private static double slope(List<StreamTimes> streams) {
        SplittableRandom random = new SplittableRandom(3);
        double[] slopes = new double[PAIRS];
        int count = 0;
        for (int i = 0; i < PAIRS; i++) {
            StreamTimes one = streams.get(random.nextInt(streams.size()));
            StreamTimes other = streams.get(random.nextInt(streams.size()));
            int spread = one.promptTokens() - other.promptTokens();
            if (Math.abs(spread) >= LEAST_SPREAD_TOKENS) {
                slopes[count++] = (one.ttftMillis() - other.ttftMillis()) / spread;
            }
        }
        if (count == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(slopes, count);
        Arrays.sort(sorted);
        return Math.max(0, Quantiles.quantile(sorted, 0.5));
    }
}
