package dev.llmsim.provider.anthropic;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.Allowance;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.RateLimit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Anthropic's rate limits: what the headers of each answer say of them, and the error of who is beyond (platform.claude.com "Rate limits"). */
final class RateLimits {
    /** Those of an old account. */
    static final Map<RateLimit, Long> USUAL = Map.of(
            RateLimit.REQUESTS, 4_000L,
            RateLimit.TOKENS, 2_400_000L,
            RateLimit.INPUT_TOKENS, 2_000_000L,
            RateLimit.OUTPUT_TOKENS, 400_000L);

    private RateLimits() {}

    static Headers headers(Allowance left) {
        List<Header> lines = new ArrayList<>();
        for (RateLimit limit : RateLimit.values()) {
            left.of(limit).ifPresent(level -> {
                String name = "anthropic-ratelimit-" + name(limit).replace(' ', '-');
                Instant reset = left.now().plus(level.untilFull());
                lines.add(new Header(name + "-limit", Long.toString(level.limit())));
                lines.add(new Header(name + "-remaining", Long.toString(level.remaining())));
                lines.add(new Header(name + "-reset", wholeSeconds(reset).toString()));
            });
        }
        return Headers.of(lines);
    }

    static ApiError limited(Excess excess) {
        String limit = String.format(Locale.ROOT, "%,d %s", excess.perMinute(), name(excess.limit()));
        String message = "This request would exceed your organization's rate limit of " + limit
                + " per minute (org: " + AnthropicSurface.ORGANIZATION + ", model: " + excess.model()
                + "). For details, refer to: https://docs.claude.com/en/api/rate-limits. You can see the response headers"
                + " for current usage. Please reduce the prompt length or the maximum tokens requested, or try again"
                + " later. You may also contact sales at https://claude.com/contact-sales to discuss your options for a"
                + " rate limit increase.";
        return ApiError.of(429, message)
                .withType("rate_limit_error")
                .with(Headers.of("retry-after", Long.toString(excess.delaySeconds()), "x-should-retry", "true"));
    }

    private static String name(RateLimit limit) {
        return limit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Rounded up: at that second all of it is there. */
    private static Instant wholeSeconds(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
        return floor.equals(instant) ? floor : floor.plusSeconds(1);
    }
}
