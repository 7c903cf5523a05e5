package dev.llmsim.telemetry;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to providers' APIs as clients see them: how many, of which kind, how fast, how many tokens. Thread-safe; counting takes
 * no lock, but for the first request to a model.
 */
public final class Traffic {
    private static final double SECOND_NANOS = 1e9;
    private static final double MILLI_NANOS = 1e6;

    private final LongSupplier nanoClock;
    private final long startNanos;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder streamed = new LongAdder();
    private final LongAdder whole = new LongAdder();
    private final Map<Kind, LongAdder> byKind;
    private final LongAdder openWebSockets = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder rateLimitErrors = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder timeoutErrors = new LongAdder();
    private final LongAdder latencyNanos = new LongAdder();
    private final LongAccumulator leastNanos = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator mostNanos = new LongAccumulator(Math::max, 0);
    private final ModelRequests models = new ModelRequests();
    private final RequestRate rate = new RequestRate();

    /** What is asked for. */
    public enum Kind {
        COMPLETIONS,
        RESPONSES,
        WEBSOCKET,
        MESSAGES,
        IMAGE,
        OTHER;

        /** The kind of a request to {@code path}. */
        public static Kind of(String method, String path) {
            if (!method.equals("POST")) {
                return OTHER;
            }
            if (path.endsWith("/completions")) {
                return COMPLETIONS;
            }
            if (path.endsWith("/responses")) {
                return RESPONSES;
            }
            if (path.endsWith("/messages")) {
                return MESSAGES;
            }
            return path.contains("/images/") ? IMAGE : OTHER;
        }
    }

    /**
     * All of it at one moment.
     *
     * @param latencyOrNull absent before the first request has ended
     */
    public record Snapshot(
            long uptimeSeconds,
            Map<String, Long> counts,
            double requestsPerSecond,
            @Nullable Latency latencyOrNull,
            Map<String, Long> requestsByModel) {}

    /** How long requests took, from their head to the end of their answer. */
    public record Latency(double meanMillis, double leastMillis, double mostMillis) {}

    public Traffic() {
        this(System::nanoTime);
    }

    Traffic(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        Map<Kind, LongAdder> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new LongAdder());
        }
        this.byKind = kinds;
    }

    /** A request has begun. */
    public void begun(Kind kind) {
        begun.increment();
        add(kind);
        rate.count(second());
    }

    /** An answer has begun. */
    public void answered(boolean isStream) {
        (isStream ? streamed : whole).increment();
    }

    /** A model has worked. */
    public void worked(String model, int prompt, int completion) {
        promptTokens.add(prompt);
        completionTokens.add(completion);
        if (!model.isEmpty()) {
            models.count(model);
        }
    }

    /** A request has ended, with this status; 0 where nothing was sent. */
    public void ended(int status, long durationNanos) {
        ended.increment();
        latencyNanos.add(durationNanos);
        leastNanos.accumulate(durationNanos);
        mostNanos.accumulate(durationNanos);
        if (status >= 400) {
            errors.increment();
        }
        if (status == 429) {
            rateLimitErrors.increment();
        } else if (status == 504) {
            timeoutErrors.increment();
        } else if (status >= 500) {
            serverErrors.increment();
        }
    }

    /** A WebSocket was opened, or with -1 closed. */
    public void webSockets(int more) {
        openWebSockets.add(more);
    }

    /** The numbers as they are now. */
    public Snapshot snapshot() {
        long done = ended.sum();
        Latency latency = done == 0
                ? null
                : new Latency(
                        latencyNanos.sum() / MILLI_NANOS / done,
                        leastNanos.get() / MILLI_NANOS,
                        mostNanos.get() / MILLI_NANOS);
        return new Snapshot(second(), counts(), rate.perSecond(second()), latency, models.snapshot());
    }

    /** By their names in the stats page. */
    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        long done = ended.sum();
        long all = begun.sum();
        counts.put("total_requests", all);
        counts.put("active_requests", Math.max(0, all - done));
        counts.put("streaming_requests", streamed.sum());
        counts.put("non_streaming_requests", whole.sum());
        byKind.forEach((kind, count) -> {
            if (kind != Kind.OTHER) {
                counts.put(kind.name().toLowerCase(Locale.ROOT) + "_requests", count.sum());
            }
        });
        counts.put("active_websocket_connections", openWebSockets.sum());
        counts.put("prompt_tokens", promptTokens.sum());
        counts.put("completion_tokens", completionTokens.sum());
        counts.put("total_tokens", promptTokens.sum() + completionTokens.sum());
        counts.put("total_errors", errors.sum());
        counts.put("rate_limit_errors", rateLimitErrors.sum());
        counts.put("server_errors", serverErrors.sum());
        counts.put("timeout_errors", timeoutErrors.sum());
        return counts;
    }

    private void add(Kind kind) {
        LongAdder count = byKind.get(kind);
        if (count != null) {
            count.increment();
        }
    }

    private long second() {
        return (long) ((nanoClock.getAsLong() - startNanos) / SECOND_NANOS);
    }
}
