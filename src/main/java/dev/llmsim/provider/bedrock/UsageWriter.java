package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Timeline;

/** Writes the tokens of an answer and its time. Input tokens are those that no cache knew or was given. */
final class UsageWriter {
    private static final long MICROS_PER_MILLI = 1_000;

    private final ConverseRequest request;
    private final Usage usage;
    private final int read;
    private final int written;

    /** What the simulator would have cached shows only where the client asked for caching. */
    UsageWriter(ConverseRequest request, Usage usage) {
        this.request = request;
        this.usage = usage;
        boolean caches = request.caching() != Caching.NONE;
        this.read = caches ? usage.cacheRead() : 0;
        this.written = caches ? usage.cacheWritten() : 0;
    }

    /** Claude tells of the cache always, other models where it was asked for. */
    ObjectNode usage() {
        ObjectNode json = Json.object();
        if (written > 0) {
            json.putArray("cacheDetails")
                    .addObject()
                    .put("inputTokens", written)
                    .put("ttl", request.caching().ttl());
        }
        if (request.model().isClaude() || request.caching() != Caching.NONE) {
            json.put("cacheReadInputTokenCount", read).put("cacheReadInputTokens", read);
            json.put("cacheWriteInputTokenCount", written).put("cacheWriteInputTokens", written);
        }
        json.put("inputTokens", usage.prompt() - read - written).put("outputTokens", usage.completion());
        json.putObject("serverToolUsage");
        return json.put("totalTokens", usage.total());
    }

    /** How long the answer takes, as it is {@code played}. */
    static ObjectNode metrics(Timeline played) {
        return Json.object().put("latencyMs", millis(played.last()));
    }

    /** In whole milliseconds, 1 at least: no call takes less. */
    static long millis(long micros) {
        return Math.max(1, micros / MICROS_PER_MILLI);
    }
}
