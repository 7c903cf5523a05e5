package dev.llmsim.cli;

import dev.llmsim.gateway.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How durations and sizes are written on the command line. */
final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12})\\s*([a-zA-Z]*)");

    private Quantities() {}

    /** {@code duration} for people: {@code 10 s}, {@code 500 ms}. */
    static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}; a bare number is seconds. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
            if (!parts.matches()) {
                throw bad(text);
            }
            long number = Long.parseLong(parts.group(1));
            Duration duration = duration(number, parts.group(2).toLowerCase(Locale.ROOT), text);
            if (duration.compareTo(Timeouts.LONGEST) > 0) {
                throw bad(text);
            }
            return duration;
        }

        private static Duration duration(long number, String unit, String text) {
            return switch (unit) {
                case "ms" -> Duration.ofMillis(number);
                case "", "s" -> Duration.ofSeconds(number);
                case "m", "min" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> throw bad(text);
            };
        }

        private static TypeConversionException bad(String text) {
            return new TypeConversionException(
                    "'" + text
                            + "' is not a duration (expected: at most 24h; a number and a unit, such as 500ms, 10s, 2m or 1h, or a number of seconds)");
        }
    }

    /** {@code 1048576}, {@code 64MB}, {@code 1GB}; units are powers of 1024. */
    static final class BytesConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
            if (!parts.matches()) {
                throw bad(text);
            }
            long number = Long.parseLong(parts.group(1));
            return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
                case "", "b" -> number;
                case "k", "kb", "kib" -> times(number, 1L << 10, text);
                case "m", "mb", "mib" -> times(number, 1L << 20, text);
                case "g", "gb", "gib" -> times(number, 1L << 30, text);
                default -> throw bad(text);
            };
        }

        private static long times(long number, long unitBytes, String text) {
            if (number > Long.MAX_VALUE / unitBytes) {
                throw bad(text);
            }
            return number * unitBytes;
        }

        private static TypeConversionException bad(String text) {
            return new TypeConversionException(
                    "'" + text + "' is not a size (expected: a number and a unit, such as 65536, 512KB, 64MB or 1GB)");
        }
    }
}
