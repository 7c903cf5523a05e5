package dev.llmsim.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AzureSurfaceTest {
    private static final AzureSurface SURFACE = new AzureSurface(List.of());
    private static final String CHAT = "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String SAFE = "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"self_harm\":{\"filtered\":false,\"severity\":\"safe\"},\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"violence\":{\"filtered\":false,\"severity\":\"safe\"}}";

    @Test
    void aWholeAnswerTellsWhatTheFiltersFound() {
        FixedEngine engine = saying("Hel", "lo");
        SurfaceAnswer asked = post(engine, CHAT, BODY + "}");

        JsonNode json = asked.json();
        assertThat(engine.prompts().get(0).model()).isEqualTo("my-gpt");
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "choices",
                        "created",
                        "id",
                        "model",
                        "object",
                        "prompt_filter_results",
                        "system_fingerprint",
                        "usage");
        assertThat(json.path("choices").path(0).fieldNames())
                .toIterable()
                .containsExactly("content_filter_results", "finish_reason", "index", "logprobs", "message");
        assertThat(json.path("choices").path(0).path("content_filter_results").toString())
                .isEqualTo(SAFE);
        assertThat(json.path("prompt_filter_results")
                        .path(0)
                        .path("prompt_index")
                        .asInt(-1))
                .isZero();
        assertThat(json.path("prompt_filter_results")
                        .path(0)
                        .path("content_filter_results")
                        .path("jailbreak")
                        .toString())
                .isEqualTo("{\"detected\":false,\"filtered\":false}");
        assertThat(asked.answer().headers().contains("apim-request-id")).isTrue();
        assertThat(asked.answer().headers().contains("openai-organization")).isFalse();
    }

    @Test
    void aStreamBeginsWithAChunkThatHasNoChoices() {
        SurfaceAnswer asked = post(saying("Hel", "lo"), CHAT, BODY + ",\"stream\":true}");

        List<String> events = Stream.of(asked.text().split("\n\n")).toList();
        assertThat(events.get(0))
                .startsWith("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                        + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":");
        assertThat(filters(events.get(1))).isEqualTo("{}");
        assertThat(filters(events.get(2))).isEqualTo(SAFE);
        assertThat(filters(events.get(4))).isEqualTo("{}");
        assertThat(json(events.get(2)).fieldNames())
                .toIterable()
                .containsExactly("choices", "created", "id", "model", "obfuscation", "object", "system_fingerprint");
        assertThat(events.get(5)).isEqualTo("data: [DONE]");
        assertThat(asked.answer().pieces().stream().map(Piece::tokens)).containsExactly(0, 0, 1, 2, 2, 2);
    }

    @Test
    void theModelOfTheBodyHoldsWhereItNamesOne() {
        FixedEngine engine = saying("x");
        post(engine, CHAT, BODY + ",\"model\":\"gpt-4o\"}");
        post(engine, "/openai/v1/chat/completions", BODY + ",\"model\":\"gpt-4.1\"}");

        assertThat(engine.prompts().get(0).model()).isEqualTo("gpt-4o");
        assertThat(engine.prompts().get(1).model()).isEqualTo("gpt-4.1");
    }

    @Test
    void deploymentsEmbedAndCompleteToo() {
        JsonNode vectors = post(
                        saying(),
                        "/openai/deployments/text-embedding-3-small/embeddings?api-version=1",
                        "{\"input\":\"a\"}")
                .json();
        JsonNode text = post(saying("x"), "/openai/deployments/d/completions?api-version=1", "{\"prompt\":\"p\"}")
                .json();

        assertThat(vectors.path("data").path(0).path("embedding")).hasSize(1536);
        assertThat(vectors.has("prompt_filter_results")).isFalse();
        assertThat(text.path("choices").path(0).path("content_filter_results").toString())
                .isEqualTo(SAFE);
        assertThat(SurfaceAnswer.of(SURFACE, saying(), SurfaceAnswer.get("azure", "/openai/v1/models"))
                        .json()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void callsOfToolsAreNotFiltered() {
        FixedEngine engine =
                FixedEngine.answering(Finish.TOOL_CALLS, new Content.ToolCall("call_1", "f", List.of("{", "}")));
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}";

        assertThat(post(engine, CHAT, BODY + tools)
                        .json()
                        .path("choices")
                        .path(0)
                        .path("content_filter_results")
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void theModelsErrorsAreOpenAisAndTheServicesHaveTwoMembers() {
        SurfaceAnswer wrong = post(saying("x"), CHAT, BODY + ",\"temperature\":9}");
        SurfaceAnswer unknown =
                SurfaceAnswer.of(SURFACE, saying("x"), SurfaceAnswer.post("azure", "/openai/threads", "{}"));
        SurfaceAnswer limited = new SurfaceAnswer(SURFACE.error(ApiError.of(429, "retry after 3 seconds")));

        assertThat(wrong.answer().status()).isEqualTo(400);
        assertThat(wrong.json().path("error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(unknown.answer().status()).isEqualTo(404);
        assertThat(unknown.json().path("error").path("code").asText()).isEqualTo("404");
        assertThat(unknown.json().path("error").path("message").asText()).startsWith("Resource not found");
        assertThat(limited.json().toString())
                .isEqualTo("{\"error\":{\"code\":\"429\",\"message\":\"retry after 3 seconds\"}}");
    }

    @Test
    void isForAzureAlone() {
        assertThat(SURFACE.isFor(SurfaceAnswer.get("azure", "/openai/v1/models")))
                .isTrue();
        assertThat(SURFACE.isFor(SurfaceAnswer.get("https://x.openai.azure.com", "/openai/v1/models")))
                .isTrue();
        assertThat(SURFACE.isFor(SurfaceAnswer.post("mine", CHAT, "{}"))).isTrue();
        assertThat(SURFACE.isFor(SurfaceAnswer.get("groq", "/openai/v1/models")))
                .isFalse();
        assertThat(SURFACE.isFor(SurfaceAnswer.get("openai", "/v1/models"))).isFalse();
    }

    private static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    private static SurfaceAnswer post(FixedEngine engine, String target, String json) {
        return SurfaceAnswer.of(SURFACE, engine, SurfaceAnswer.post("azure", target, json));
    }

    private static JsonNode json(String event) {
        return SurfaceAnswer.parsed(event.substring("data: ".length()));
    }

    private static String filters(String event) {
        return json(event)
                .path("choices")
                .path(0)
                .path("content_filter_results")
                .toString();
    }
}
