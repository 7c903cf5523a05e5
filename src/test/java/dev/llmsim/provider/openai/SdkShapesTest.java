package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.Completion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.models.Model;
import com.openai.models.moderations.ModerationCreateResponse;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The official Java SDK's own types read what is written, and find nothing missing or of another type. */
class SdkShapesTest {
    private static final JsonMapper SDK = ObjectMappers.jsonMapper();
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
            + "\"logprobs\":true,\"top_logprobs\":2,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
            + "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]";
    private static final FixedEngine ENGINE = FixedEngine.answering(
            Finish.TOOL_CALLS,
            new Content.Text(List.of("H", "i")),
            new Content.ToolCall("call_1", "f", List.of("{", "}")),
            new Content.ToolCall("call_2", "c", List.of("{\"input\":\"x\"}")));

    @Test
    void chatCompletionsAreValid() throws IOException {
        ChatCompletion read = read(Asked.post(ENGINE, "/v1/chat/completions", CHAT + "}"), ChatCompletion.class);

        read.validate();
        assertThat(read.choices().get(0).message().toolCalls().orElseThrow()).hasSize(2);
        assertThat(read.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    }

    @Test
    void chunksAreValid() throws IOException {
        Asked stream = Asked.post(
                FixedEngine.answering(
                        Finish.TOOL_CALLS,
                        new Content.Text(List.of("H", "i")),
                        new Content.ToolCall("call_1", "f", List.of("{", "}"))),
                "/v1/chat/completions",
                CHAT + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        for (JsonNode chunk : stream.chunks()) {
            SDK.readValue(chunk.toString(), ChatCompletionChunk.class).validate();
        }
        assertThat(stream.chunks()).hasSizeGreaterThan(5);
    }

    @Test
    void legacyCompletionsAreValid() throws IOException {
        String ask = "{\"model\":\"m\",\"prompt\":\"p\",\"logprobs\":2";
        read(Asked.post(Asked.saying("H", "i"), "/v1/completions", ask + "}"), Completion.class)
                .validate();
        List<JsonNode> chunks = Asked.post(Asked.saying("H", "i"), "/v1/completions", ask + ",\"stream\":true}")
                .chunks();
        for (JsonNode chunk : chunks) {
            assertThat(SDK.readValue(chunk.toString(), Completion.class).choices())
                    .hasSize(1);
        }
        SDK.readValue(chunks.get(2).toString(), Completion.class).validate();
    }

    @Test
    void embeddingsAreValidInBothEncodings() throws IOException {
        String ask = "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":3";
        CreateEmbeddingResponse numbers =
                read(Asked.post(ENGINE, "/v1/embeddings", ask + "}"), CreateEmbeddingResponse.class);
        CreateEmbeddingResponse base64 = read(
                Asked.post(ENGINE, "/v1/embeddings", ask + ",\"encoding_format\":\"base64\"}"),
                CreateEmbeddingResponse.class);

        assertThat(numbers.validate().data().get(0).embedding()).hasSize(3);
        assertThat(base64.data().get(0).embedding())
                .isEqualTo(numbers.data().get(0).embedding());
    }

    @Test
    void moderationsAndModelsAreValid() throws IOException {
        read(Asked.post(ENGINE, "/v1/moderations", "{\"input\":\"a\"}"), ModerationCreateResponse.class)
                .validate();
        read(Asked.get(ENGINE, "/v1/models/model-a"), Model.class).validate();
        assertThat(Asked.get(ENGINE, "/v1/models").json().path("data")).hasSize(1);
    }

    private static <T> T read(Asked asked, Class<T> type) throws IOException {
        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        return SDK.readValue(asked.text(), type);
    }
}
