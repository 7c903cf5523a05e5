package dev.llmsim.provider.geminicompatible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiCompatibleSurfaceTest {
    private static final GeminiCompatibleSurface SURFACE = new GeminiCompatibleSurface();
    private static final FixedEngine ENGINE = FixedEngine.answering(Finish.STOP, new Content.Text(List.of("hi")));
    private static final String CHAT =
            "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";

    @Test
    void answersAreOpenAisUnderTheModelThatWasAskedFor() {
        SurfaceAnswer asked = post("/v1beta/openai/chat/completions", CHAT + "}");

        assertThat(asked.json().path("object").asText()).isEqualTo("chat.completion");
        assertThat(asked.json().path("model").asText()).isEqualTo("gemini-2.5-flash");
        assertThat(asked.answer().headers().contains("server-timing")).isTrue();
        assertThat(asked.answer().headers().contains("openai-organization")).isFalse();
    }

    @Test
    void errorsStandInAnArray() {
        SurfaceAnswer wrong = post("/v1beta/openai/chat/completions", CHAT + ",\"temperature\":9}");
        SurfaceAnswer missing = get("/v1beta/openai/models/gpt-5");

        assertThat(wrong.answer().status()).isEqualTo(400);
        assertThat(wrong.json().isArray()).isTrue();
        JsonNode error = wrong.json().path(0).path("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("code", "message", "status");
        assertThat(error.path("status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(missing.json().path(0).path("error").path("code").asInt()).isEqualTo(404);
    }

    @Test
    void modelsAreListedInOpenAisForm() {
        JsonNode list = get("/v1beta/openai/models").json();

        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data").path(0).path("id").asText()).isEqualTo("models/model-a");
        assertThat(get("/v1beta/openai/models/model-a").json().path("object").asText())
                .isEqualTo("model");
        assertThat(get("/v1beta/openai/models/models%2Fmodel-a").answer().status())
                .isEqualTo(200);
    }

    @Test
    void vectorsAreAsLongAsTheModelsAre() {
        String ask = "{\"model\":\"gemini-embedding-001\",\"input\":\"a\"";

        assertThat(vector(ask + "}")).hasSize(3072);
        assertThat(vector(ask + ",\"dimensions\":5}")).hasSize(5);
        assertThat(vector("{\"model\":\"text-embedding-004\",\"input\":\"a\"}")).hasSize(768);
    }

    private static JsonNode vector(String json) {
        return post("/v1beta/openai/embeddings", json)
                .json()
                .path("data")
                .path(0)
                .path("embedding");
    }

    private static SurfaceAnswer post(String target, String json) {
        return SurfaceAnswer.of(SURFACE, ENGINE, SurfaceAnswer.post("gemini", target, json));
    }

    private static SurfaceAnswer get(String target) {
        return SurfaceAnswer.of(SURFACE, ENGINE, SurfaceAnswer.get("gemini", target));
    }
}
