package dev.llmsim.provider.openai;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.Allowance;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's rate limits: what the headers of each answer say of them, and the error of who is beyond (platform.openai.com "Rate limits"). */
final class OpenAiLimits {
    /** Those of an old account for gpt-4o. */
    static final Map<RateLimit, Long> USUAL = Map.of(RateLimit.REQUESTS, 10_000L, RateLimit.TOKENS, 30_000_000L);

    private static final String MORE = " Visit https://platform.openai.com/account/rate-limits to learn more.";

    private OpenAiLimits() {}

    static Headers headers(Allowance left) {
        List<Header> lines = new ArrayList<>();
        add(lines, left, RateLimit.REQUESTS, "requests");
        add(lines, left, RateLimit.TOKENS, "tokens");
        return Headers.of(lines);
    }

    private static void add(List<Header> lines, Allowance left, RateLimit limit, String name) {
        left.of(limit).ifPresent(level -> {
            lines.add(new Header("x-ratelimit-limit-" + name, Long.toString(level.limit())));
            lines.add(new Header("x-ratelimit-remaining-" + name, Long.toString(level.remaining())));
            lines.add(new Header("x-ratelimit-reset-" + name, goDuration(level.untilFull())));
        });
    }

    static ApiError limited(Excess excess) {
        boolean ofRequests = excess.limit() == RateLimit.REQUESTS;
        String where = excess.model() + " in organization org-llmsim on "
                + (ofRequests ? "requests per min (RPM)" : "tokens per min (TPM)") + ": Limit " + excess.perMinute();
        String message = excess.isTooLarge()
                ? "Request too large for " + where + ", Requested " + excess.requested()
                        + ". The input or output tokens must be reduced in order to run successfully." + MORE
                : "Rate limit reached for " + where + ", Used " + excess.used() + ", Requested " + excess.requested()
                        + ". Please try again in " + goDuration(excess.delay()) + "." + MORE;
        return ApiError.of(429, message)
                .withType(ofRequests ? "requests" : "tokens")
                .withCode("rate_limit_exceeded")
                .with(Headers.of(
                        "retry-after", Long.toString(excess.delaySeconds()),
                        "retry-after-ms",
                                Long.toString(Math.max(1, excess.delay().toMillis()))));
    }

    /** As Go prints durations, to the millisecond: {@code 12ms}, {@code 8.64s}, {@code 6m0s}, {@code 0s}. */
    static String goDuration(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1_000) {
            return millis + "ms";
        }
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        text.append(duration.toSecondsPart());
        if (duration.toMillisPart() > 0) {
            String fraction = Integer.toString(1_000 + duration.toMillisPart()).substring(1);
            text.append('.').append(fraction.replaceAll("0+$", ""));
        }
        return text.append('s').toString();
    }
}
