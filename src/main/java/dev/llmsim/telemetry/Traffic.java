package dev.llmsim.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to providers' APIs as clients see them: how many, of which kind, how fast, how many tokens. Thread-safe; counting takes
 * no lock, but for the first request to a model.
 */
public final class Traffic {
    /** Requests per second are those of so many seconds. */
    static final int WINDOW_SECONDS = 60;

    /** No more models are counted one by one, and none with a longer id. */
    static final int MOST_MODELS = 128;

    private static final String OTHER_MODELS = "__other__";
    private static final int SLOTS = 64;
    private static final int COUNT_BITS = 24;
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
    private final Map<String, LongAdder> byModel = new ConcurrentHashMap<>();
    private final LongAdder otherModels = new LongAdder();

    /** In each the number of a second, and in the lowest bits the requests of it. */
    private final AtomicLongArray window = new AtomicLongArray(SLOTS);

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
        long second = second();
        window.updateAndGet(
                (int) (second % SLOTS), slot -> slot >> COUNT_BITS == second ? slot + 1 : (second << COUNT_BITS) + 1);
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
            ofModel(model).increment();
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

    /** The same numbers under the names of the stats page. */
    public Snapshot snapshot() {
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
        Latency latency = done == 0
                ? null
                : new Latency(
                        latencyNanos.sum() / MILLI_NANOS / done,
                        leastNanos.get() / MILLI_NANOS,
                        mostNanos.get() / MILLI_NANOS);
        return new Snapshot(second(), counts, requestsPerSecond(), latency, requestsByModel());
    }

    private void add(Kind kind) {
        LongAdder count = byKind.get(kind);
        if (count != null) {
            count.increment();
        }
    }

    private LongAdder ofModel(String model) {
        LongAdder known = byModel.get(model);
        if (known != null) {
            return known;
        }
        if (model.getBytes(StandardCharsets.UTF_8).length > MOST_MODELS) {
            return otherModels;
        }
        synchronized (byModel) {
            return byModel.size() < MOST_MODELS
                    ? byModel.computeIfAbsent(model, first -> new LongAdder())
                    : byModel.getOrDefault(model, otherModels);
        }
    }

    private Map<String, Long> requestsByModel() {
        Map<String, Long> requests = new TreeMap<>();
        byModel.forEach((model, count) -> requests.put(model, count.sum()));
        if (otherModels.sum() > 0) {
            requests.merge(OTHER_MODELS, otherModels.sum(), Long::sum);
        }
        return requests;
    }

    private double requestsPerSecond() {
        long now = second();
        long requests = 0;
        for (int i = 0; i < SLOTS; i++) {
            long slot = window.get(i);
            long age = now - (slot >> COUNT_BITS);
            requests += age >= 0 && age < WINDOW_SECONDS ? slot & (1 << COUNT_BITS) - 1 : 0;
        }
        return requests / (double) WINDOW_SECONDS;
    }

    private long second() {
        return (long) ((nanoClock.getAsLong() - startNanos) / SECOND_NANOS);
    }
}
