package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Engine;
import java.time.Instant;

/**
 * How long the parts of one answer took, in nanoseconds. They are of a server of middling speed, and drawn: the real pace of
 * an answer is set after it was written.
 */
record Metrics(long startSeconds, long loadNanos, long promptNanos, long evalNanos, Usage usage) {
    private static final long MILLI_NANOS = 1_000_000;
    private static final long PROMPT_TOKEN_NANOS = 800_000;
    private static final long TOKEN_NANOS = 20 * MILLI_NANOS;
    private static final long OVERHEAD_NANOS = 1_300_000;

    static Metrics draw(Engine engine, Usage usage) {
        long load = 40 * MILLI_NANOS + jitter(engine) * 60;
        long prompt = 15 * MILLI_NANOS + usage.prompt() * PROMPT_TOKEN_NANOS + jitter(engine) * 4;
        long eval = usage.completion() * TOKEN_NANOS + jitter(engine);
        return new Metrics(engine.nowSeconds(), load, prompt, eval, usage);
    }

    /** From 0 to a millisecond. */
    private static long jitter(Engine engine) {
        return Long.parseLong(engine.ids().hex("", 6), 16) % MILLI_NANOS;
    }

    long totalNanos() {
        return loadNanos + promptNanos + evalNanos + OVERHEAD_NANOS;
    }

    /** When the token of this number (1 for the first) was there, as {@code created_at}. */
    String at(int token) {
        long perToken = usage.completion() == 0 ? 0 : evalNanos / usage.completion();
        return time(loadNanos + promptNanos + perToken * token);
    }

    /** When all of it was there. */
    String end() {
        return time(totalNanos());
    }

    private String time(long nanos) {
        return Instant.ofEpochSecond(startSeconds).plusNanos(nanos).toString();
    }

    /** The members that the last object of an answer ends in. */
    void write(ObjectNode json) {
        json.put("total_duration", totalNanos())
                .put("load_duration", loadNanos)
                .put("prompt_eval_count", usage.prompt())
                .put("prompt_eval_duration", promptNanos)
                .put("eval_count", usage.completion())
                .put("eval_duration", evalNanos);
    }
}
