package dev.llmsim.timing;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The waits that an answer asks its client for: {@code retry-after} (RFC 9110, section 10.2.3: whole seconds or a date;
 * some providers send fractions) and {@code retry-after-ms} (OpenAI, Azure), at a pace. Identical at {@code recorded}.
 *
 * <p>A whole number stays whole, rounded up so that nobody is told to come too early. A date becomes the seconds from the
 * answer's own {@code date} to it, because by the time of a replay it has passed; without a readable {@code date} it stays.
 */
final class RetryAfter {
    private RetryAfter() {}

    /** {@code recorded} with its waits as long as they are at {@code pace}. */
    static Headers at(Pace pace, Headers recorded) {
        if (pace.equals(Pace.RECORDED) || !(recorded.contains("retry-after") || recorded.contains("retry-after-ms"))) {
            return recorded;
        }
        List<Header> lines = new ArrayList<>();
        for (Header line : recorded) {
            boolean wait = line.is("retry-after") || line.is("retry-after-ms");
            lines.add(wait ? new Header(line.name(), value(pace, line.value().strip(), recorded)) : line);
        }
        return Headers.of(lines);
    }

    private static String value(Pace pace, String recorded, Headers headers) {
        if (pace.equals(Pace.INSTANT)) {
            return "0";
        }
        if (recorded.matches("[0-9]{1,15}")) {
            return whole(pace.wait(Double.parseDouble(recorded)));
        }
        if (recorded.matches("[0-9]{1,15}\\.[0-9]{1,15}")) {
            return decimal(pace.wait(Double.parseDouble(recorded)));
        }
        return secondsUntil(recorded, headers)
                .map(seconds -> whole(pace.wait(seconds)))
                .orElse(recorded);
    }

    private static String whole(double wait) {
        return decimal(Math.ceil(wait));
    }

    private static String decimal(double wait) {
        BigDecimal rounded = BigDecimal.valueOf(wait).setScale(3, RoundingMode.CEILING);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static Optional<Double> secondsUntil(String date, Headers headers) {
        return date(date)
                .flatMap(until -> headers.first("date")
                        .flatMap(RetryAfter::date)
                        .map(sent -> (double)
                                Math.max(0, Duration.between(sent, until).toSeconds())));
    }

    private static Optional<ZonedDateTime> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
