package dev.llmsim.synth.limits;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Allowance;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.provider.simulation.Surface;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts one call against the limits of its caller.
 *
 * <p>A call takes one request when it begins, and may begin where its prompt fits into what is left. It takes its tokens once they
 * are known, also beyond what is left: nobody knows before how long an answer will be. Limits that are not set are the provider's
 * usual ones, in the headers only: no call fails for these.
 */
public final class Meter {
    private final Surface surface;
    private final Quota quota;
    private final Buckets buckets;
    private final Instant now;
    private final long nowMicros;
    private final Map<RateLimit, Long> perMinute;
    private final Caller caller;

    /** What is counted, and where: the limits that are set, the buckets of the session, and the moment of the call. */
    public record Books(Quota quota, Buckets buckets, Instant now) {}

    /** A call: its request, and what stands for the stars of its path. */
    public record Asked(Request request, List<String> variables) {}

    /** A meter of a call to {@code surface}. */
    public Meter(Surface surface, Asked asked, Books books) {
        this.surface = surface;
        this.quota = books.quota();
        this.buckets = books.buckets();
        this.now = books.now();
        this.nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        this.perMinute = new EnumMap<>(RateLimit.class);
        perMinute.putAll(surface.usualLimits());
        perMinute.putAll(quota.perMinute());
        this.caller = quota.isNone() ? Caller.NOBODY : Caller.of(asked.request(), asked.variables());
    }

    /**
     * Takes one request.
     *
     * @throws ApiErrorException with the provider's 429, where none is left, or no token at all; nothing is taken then
     */
    public void begin() {
        if (!quota.isNone()) {
            demand(1, EnumSet.allOf(RateLimit.class), RateLimit.REQUESTS);
        }
    }

    /** Takes {@link #begin} back: the request will be counted when another answers it. */
    public void giveBack() {
        if (!quota.isNone()) {
            held(buckets -> {
                Bucket requests = buckets.get(RateLimit.REQUESTS);
                if (requests != null) {
                    requests.take(-1, nowMicros);
                }
                return requests;
            });
        }
    }

    /**
     * Asks whether there is room for a prompt.
     *
     * @throws ApiErrorException with the provider's 429, where there is not
     */
    public void admit(int promptTokens) {
        if (!quota.isNone()) {
            demand(promptTokens, EnumSet.of(RateLimit.TOKENS, RateLimit.INPUT_TOKENS), null);
        }
    }

    /** Takes the tokens of an answer, and returns the headers that tell what is left. */
    public Headers spend(Usage usage) {
        if (perMinute.isEmpty()) {
            return Headers.EMPTY;
        }
        boolean begun = !quota.isNone();
        return surface.allowance(held(buckets -> {
            buckets.forEach((limit, bucket) -> bucket.take(amount(limit, usage, begun), nowMicros));
            return allowance(buckets);
        }));
    }

    private void demand(long amount, Set<RateLimit> of, @Nullable RateLimit takenOrNull) {
        Optional<Excess> excess = held(buckets -> {
            for (RateLimit limit : of) {
                Bucket bucket = buckets.get(limit);
                boolean isSet = quota.perMinute().containsKey(limit);
                if (isSet && bucket != null && !bucket.holds(amount, nowMicros)) {
                    return Optional.of(excess(limit, bucket, amount, allowance(buckets)));
                }
            }
            Bucket taken = takenOrNull == null ? null : buckets.get(takenOrNull);
            if (taken != null) {
                taken.take(amount, nowMicros);
            }
            return Optional.empty();
        });
        if (excess.isPresent()) {
            throw new ApiErrorException(surface.limited(excess.get())
                    .with(surface.allowance(excess.get().allowance())));
        }
    }

    /** What an answer takes; the one request was taken when it began, where requests are counted. */
    private static long amount(RateLimit limit, Usage usage, boolean begun) {
        int input = usage.prompt() - usage.cacheRead();
        return switch (limit) {
            case REQUESTS -> begun ? 0 : 1;
            case TOKENS -> usage.prompt() + usage.completion();
            case INPUT_TOKENS -> input;
            case OUTPUT_TOKENS -> usage.completion();
        };
    }

    private Excess excess(RateLimit limit, Bucket bucket, long requested, Allowance allowance) {
        return new Excess(
                caller.model(),
                limit,
                bucket.perMinute(),
                bucket.used(nowMicros),
                requested,
                allowance,
                bucket.until(requested, nowMicros));
    }

    private Allowance allowance(Map<RateLimit, Bucket> buckets) {
        Map<RateLimit, Allowance.Level> levels = new EnumMap<>(RateLimit.class);
        buckets.forEach((limit, bucket) -> levels.put(limit, bucket.level(nowMicros)));
        return new Allowance(now, levels);
    }

    private <T> T held(Function<Map<RateLimit, Bucket>, T> act) {
        return quota.isNone()
                ? act.apply(Buckets.full(perMinute, nowMicros))
                : buckets.with(caller.key(), perMinute, nowMicros, act);
    }
}
