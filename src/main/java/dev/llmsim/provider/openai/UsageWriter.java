package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Json;

/** Writes the tokens of an answer. */
final class UsageWriter {
    private UsageWriter() {}

    /** With the details that chat completions have. */
    static ObjectNode detailed(Usage usage) {
        ObjectNode json = plain(usage);
        json.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cacheRead())
                .put("audio_tokens", 0);
        json.putObject("completion_tokens_details")
                .put("reasoning_tokens", usage.reasoning())
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return json;
    }

    static ObjectNode plain(Usage usage) {
        return Json.object()
                .put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.completion())
                .put("total_tokens", usage.total());
    }
}
