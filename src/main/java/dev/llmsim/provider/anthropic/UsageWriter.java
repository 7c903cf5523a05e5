package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.anthropic.MessagesRequest.Caching;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Json;

/** Writes the tokens of an answer: input tokens are those that no cache knew or was given. */
final class UsageWriter {
    private final Usage usage;
    private final Caching caching;
    private final int read;
    private final int written;

    /** What the simulator would have cached shows only where the client asked for caching. */
    UsageWriter(Usage usage, Caching caching) {
        this.usage = usage;
        this.caching = caching;
        this.read = caching == Caching.NONE ? 0 : usage.cacheRead();
        this.written = caching == Caching.NONE ? 0 : usage.cacheWritten();
    }

    ObjectNode whole() {
        return full(usage.completion());
    }

    /** Of {@code message_start}: the first token is there. */
    ObjectNode begun() {
        return full(Math.min(1, usage.completion()));
    }

    /** Of {@code message_delta}: all tokens of the message, not only the last ones. */
    ObjectNode cumulative() {
        return input().put("output_tokens", usage.completion());
    }

    private ObjectNode full(int outputTokens) {
        ObjectNode json = input();
        json.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", caching == Caching.FIVE_MINUTES ? written : 0)
                .put("ephemeral_1h_input_tokens", caching == Caching.ONE_HOUR ? written : 0);
        return json.put("output_tokens", outputTokens)
                .put("service_tier", "standard")
                .put("inference_geo", "not_available");
    }

    private ObjectNode input() {
        return Json.object()
                .put("input_tokens", usage.prompt() - read - written)
                .put("cache_creation_input_tokens", written)
                .put("cache_read_input_tokens", read);
    }
}
