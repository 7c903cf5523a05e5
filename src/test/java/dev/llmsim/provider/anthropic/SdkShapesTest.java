package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListPageResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The official Java SDK's own types read what is written, and find nothing of another type. */
class SdkShapesTest {
    private static final JsonMapper SDK = ObjectMappers.jsonMapper();
    private static final String ASK =
            "{\"model\":\"m\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":"
                    + "\"hi\"}],\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
    private static final FixedEngine ENGINE = FixedEngine.answering(
            Finish.TOOL_CALLS,
            new Content.Thought(List.of("h", "m"), 2),
            new Content.Text(List.of("H", "i")),
            new Content.ToolCall("toolu_1", "f", List.of("{\"a\"", ":1}")));

    @Test
    void messagesAreValid() throws IOException {
        Message read =
                SDK.readValue(Asked.post(ENGINE, "/v1/messages", ASK + "}").text(), Message.class);

        read.validate();
        assertThat(read.content()).hasSize(3);
        assertThat(read.content().get(2).asToolUse().name()).isEqualTo("f");
        assertThat(read.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void eventsAreValidAndAddUpToTheMessage() throws IOException {
        MessageAccumulator accumulator = MessageAccumulator.create();
        for (JsonNode event :
                Asked.post(ENGINE, "/v1/messages", ASK + ",\"stream\":true}").events()) {
            if (!event.path("type").asText().equals("ping")) {
                RawMessageStreamEvent read = SDK.readValue(event.toString(), RawMessageStreamEvent.class);
                read.validate();
                accumulator.accumulate(read);
            }
        }

        Message message = accumulator.message();
        assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("hm");
        assertThat(message.content().get(1).asText().text()).isEqualTo("Hi");
        assertThat(message.content().get(2).asToolUse()._input().toString()).isEqualTo("{a=1}");
        assertThat(message.usage().outputTokens()).isEqualTo(6);
    }

    @Test
    void countsModelsAndErrorsAreValid() throws IOException {
        SDK.readValue(Asked.post(ENGINE, "/v1/messages/count_tokens", ASK + "}").text(), MessageTokensCount.class)
                .validate();
        ModelListPageResponse list =
                SDK.readValue(Asked.get(ENGINE, "/v1/models").text(), ModelListPageResponse.class);
        list.validate();
        assertThat(list.data()).hasSize(1);
        SDK.readValue(Asked.get(ENGINE, "/v1/models/model-a").text(), ModelInfo.class)
                .validate();
        SDK.readValue(Asked.post(ENGINE, "/v1/messages", "{}").text(), ErrorResponse.class)
                .validate();
    }
}
