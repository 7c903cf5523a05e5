package dev.llmsim.timing;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;

/** The rule that turns the offsets of a recording into the moments at which its bytes are due. */
public sealed interface Pace {
    Pace RECORDED = new Recorded();
    Pace INSTANT = new Instant();

    /** The moment, in nanoseconds after the end of the request, at which what arrived at {@code offsetMicros} is due. */
    long dueNanos(long offsetMicros);

    /** A wait that the answer asks its reader for (a {@code retry-after}), as long as it is at this pace. */
    double wait(double recorded);

    /** The spelling that {@link #parse} reads. */
    String id();

    /** As it was recorded. */
    record Recorded() implements Pace {
        @Override
        public long dueNanos(long offsetMicros) {
            return nanos(offsetMicros);
        }

        @Override
        public double wait(double recorded) {
            return recorded;
        }

        @Override
        public String id() {
            return "recorded";
        }
    }

    /** Each offset multiplied by {@code factor}: 0.5 is twice as fast, 2 is half as fast. */
    record Scale(double factor) implements Pace {
        public Scale {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("factor: " + factor + " (expected: finite and > 0)");
            }
        }

        @Override
        public long dueNanos(long offsetMicros) {
            return Math.round(nanos(offsetMicros) * factor);
        }

        @Override
        public double wait(double recorded) {
            return recorded * factor;
        }

        @Override
        public String id() {
            return "scale=" + factor;
        }
    }

    /** All at once. */
    record Instant() implements Pace {
        @Override
        public long dueNanos(long offsetMicros) {
            return 0;
        }

        @Override
        public double wait(double recorded) {
            return 0;
        }

        @Override
        public String id() {
            return "instant";
        }
    }

    /**
     * As fast as {@code profile} says. An answer's offsets are set by it before it is played, and then kept to: how many tokens a
     * frame holds is for those to know who know the bytes.
     */
    record Profile(LatencyProfile profile) implements Pace {
        @Override
        public long dueNanos(long offsetMicros) {
            return nanos(offsetMicros);
        }

        @Override
        public double wait(double recorded) {
            return recorded;
        }

        @Override
        public String id() {
            return PROFILE + profile.name();
        }
    }

    /** Begins the spelling of a pace by profile. */
    String PROFILE = "profile=";

    /**
     * Reads {@code recorded}, {@code scale=F}, {@code instant}, or {@code profile=NAME} with a name that is built in.
     *
     * @throws LlmSimException with {@link ErrorCode#USAGE} for anything else
     */
    static Pace parse(String text) {
        if (text.equals(RECORDED.id())) {
            return RECORDED;
        }
        if (text.equals(INSTANT.id())) {
            return INSTANT;
        }
        if (text.startsWith("scale=")) {
            return new Scale(factor(text));
        }
        if (text.startsWith(PROFILE)) {
            return LatencyProfile.byName(text.substring(PROFILE.length()))
                    .map(Profile::new)
                    .orElseThrow(() -> new LlmSimException(
                            ErrorCode.USAGE,
                            "pace: \"" + text + "\" (expected: profile=NAME with one of "
                                    + String.join(", ", LatencyProfile.names()) + ", or one of these with "
                                    + LatencyProfile.HEAVY + ")"));
        }
        throw new LlmSimException(
                ErrorCode.USAGE,
                "pace: \"" + text + "\" (expected: recorded, scale=F, profile=NAME or instant; F is a number above 0)");
    }

    private static double factor(String text) {
        String number = text.substring("scale=".length());
        if (number.matches("[0-9]{1,18}(\\.[0-9]{1,18})?|\\.[0-9]{1,18}")) {
            double factor = Double.parseDouble(number);
            if (factor > 0) {
                return factor;
            }
        }
        throw new LlmSimException(
                ErrorCode.USAGE,
                "pace: \"" + text + "\": the factor is \"" + number
                        + "\" (expected: a decimal number above 0; scale=0.5 is twice as fast, scale=2 half as fast;"
                        + " for no waiting at all use instant)");
    }

    private static long nanos(long micros) {
        return micros > Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : micros * 1_000;
    }
}
