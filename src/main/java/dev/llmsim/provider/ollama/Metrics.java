package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import java.time.Instant;

/**
 * How long the parts of one answer take as it is played, in nanoseconds: a tenth of the time to the first token loads the
 * model, the rest of it reads the prompt. No part takes nothing, for a real server leaves those out.
 */
final class Metrics {
    private static final long MICRO_NANOS = 1_000;
    private static final int LOAD_SHARE = 10;

    private final Instant start;
    private final Work work;
    private final Timeline played;

    /** Of the answer that {@code work} comes to. */
    Metrics(Engine engine, Work work) {
        // no real clock stands at a whole microsecond
        long fraction = Long.parseLong(engine.ids().hex("", 6), 16) % MICRO_NANOS;
        this.start = Instant.ofEpochSecond(engine.nowSeconds()).plusNanos(fraction);
        this.work = work;
        this.played = engine.timeline(work);
    }

    Usage usage() {
        return work.usage();
    }

    Work work() {
        return work;
    }

    long totalNanos() {
        return loadNanos() + promptNanos() + evalNanos();
    }

    long loadNanos() {
        return Math.max(1, played.first() * MICRO_NANOS / LOAD_SHARE);
    }

    private long promptNanos() {
        return Math.max(1, played.first() * MICRO_NANOS - loadNanos());
    }

    private long evalNanos() {
        return Math.max(1, (played.last() - played.first()) * MICRO_NANOS);
    }

    /** When the token of this number (1 for the first) is there, as {@code created_at}. */
    String at(int token) {
        // tokens that are there at once are still told of one after the other
        return start.plusNanos(played.at(token) * MICRO_NANOS + token).toString();
    }

    /** When all of it is there. */
    String end() {
        return start.plusNanos(played.last() * MICRO_NANOS + work.shownTokens() + 1)
                .toString();
    }

    /** The members that the last object of an answer ends in. */
    void write(ObjectNode json) {
        json.put("total_duration", totalNanos())
                .put("load_duration", loadNanos())
                .put("prompt_eval_count", usage().prompt())
                .put("prompt_eval_duration", promptNanos())
                .put("eval_count", usage().completion())
                .put("eval_duration", evalNanos());
    }
}
