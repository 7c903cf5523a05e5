package dev.llmsim.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Piece;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final String CHAT = "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void streamsUnlessToldNotToAndEachTokenIsALine() {
        Asked asked = Asked.post(Asked.saying("Hel", "lo", "!"), "/api/chat", CHAT + "}");

        assertThat(asked.answer().headers().first("content-type")).contains("application/x-ndjson");
        List<JsonNode> lines = asked.lines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).fieldNames()).toIterable().containsExactly("model", "created_at", "message", "done");
        assertThat(lines.get(0).path("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hel\"}");
        assertThat(asked.answer().pieces().stream().map(Piece::tokens)).containsExactly(1, 2, 3, 3);
        assertThat(asked.answer().work().shownTokens()).isEqualTo(3);
        assertThat(asked.answer().work().streamed()).isTrue();
        JsonNode last = lines.get(3);
        assertThat(last.fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "created_at",
                        "message",
                        "done",
                        "done_reason",
                        "total_duration",
                        "load_duration",
                        "prompt_eval_count",
                        "prompt_eval_duration",
                        "eval_count",
                        "eval_duration");
        assertThat(last.path("message").path("content").asText()).isEmpty();
        assertThat(last.path("done").asBoolean()).isTrue();
        assertThat(last.path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void durationsHoldTogether() {
        List<JsonNode> lines =
                Asked.post(Asked.saying("a", "b", "c"), "/api/chat", CHAT + "}").lines();
        JsonNode last = lines.get(3);
        long parts = last.path("load_duration").asLong()
                + last.path("prompt_eval_duration").asLong()
                + last.path("eval_duration").asLong();

        assertThat(last.path("total_duration").asLong()).isEqualTo(parts);
        assertThat(parts).as("as it is played: a second a token").isEqualTo(3_000_000_000L);
        assertThat(last.path("eval_duration").asLong()).isEqualTo(2_000_000_000L);
        assertThat(last.path("prompt_eval_count").asInt()).isEqualTo(10);
        assertThat(last.path("eval_count").asInt()).isEqualTo(3);
        assertThat(lines.stream()
                        .map(line -> Instant.parse(line.path("created_at").asText())))
                .isSorted()
                .doesNotHaveDuplicates();
        Instant first = Instant.parse(lines.get(0).path("created_at").asText());
        Instant second = Instant.parse(lines.get(1).path("created_at").asText());
        assertThat(Duration.between(first, second).toMillis()).isEqualTo(1_000);
    }

    @Test
    void aWholeAnswerSaysWhatTheStreamSays() {
        Asked whole = Asked.post(Asked.saying("Hel", "lo"), "/api/chat", CHAT + ",\"stream\":false}");

        assertThat(whole.answer().headers().first("content-type")).contains("application/json; charset=utf-8");
        assertThat(whole.json().path("message").path("content").asText()).isEqualTo("Hello");
        assertThat(whole.json().path("done").asBoolean()).isTrue();
        assertThat(whole.json().path("eval_count").asInt()).isEqualTo(2);
        assertThat(whole.answer().work().streamed()).isFalse();
    }

    @Test
    void argumentsOfCallsAreObjectsAndACallIsOneLine() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.ToolCall("call_1", "f", List.of("{\"a\"", ":1}")),
                new Content.ToolCall("call_2", "g", List.of("{}")));
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                + "\"parameters\":{\"type\":\"object\"}}}]";

        Asked streamed = Asked.post(engine, "/api/chat", CHAT + tools + "}");
        JsonNode whole = Asked.post(engine, "/api/chat", CHAT + tools + ",\"stream\":false}")
                .json();

        assertThat(streamed.lines()).hasSize(3);
        assertThat(streamed.lines().get(0).path("message").path("tool_calls").toString())
                .isEqualTo("[{\"id\":\"call_1\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":{\"a\":1}}}]");
        assertThat(streamed.answer().pieces().stream().map(Piece::tokens)).containsExactly(2, 3, 3);
        assertThat(whole.path("message").path("tool_calls").toString())
                .isEqualTo("[{\"id\":\"call_1\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":{\"a\":1}}},"
                        + "{\"id\":\"call_2\",\"function\":{\"index\":1,\"name\":\"g\",\"arguments\":{}}}]");
        assertThat(whole.path("done_reason").asText()).isEqualTo("stop");
        assertThat(engine.prompts().get(0).tooling().tools().get(0).name()).isEqualTo("f");
    }

    @Test
    void thoughtsComeFirstInAFieldOfTheirOwn() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("hm", "m"), 2), new Content.Text(List.of("yes")));

        List<JsonNode> lines = Asked.post(
                        engine, "/api/chat", CHAT.replace("llama3.2", "qwen3:8b") + ",\"think\":\"low\"}")
                .lines();

        assertThat(lines.get(0).path("message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"}");
        assertThat(lines.get(2).path("message").has("thinking")).isFalse();
        assertThat(lines.get(3).path("eval_count").asInt()).isEqualTo(3);
    }

    @Test
    void aLimitEndsInLength() {
        FixedEngine engine = FixedEngine.answering(Finish.LENGTH, new Content.Text(List.of("a")));

        assertThat(Asked.post(engine, "/api/chat", CHAT + ",\"stream\":false}")
                        .json()
                        .path("done_reason")
                        .asText())
                .isEqualTo("length");
    }

    @Test
    void aBarePromptIsAnsweredWithAResponseAndTheContextGrows() {
        Asked streamed = Asked.post(Asked.saying("a", "b"), "/api/generate", "{\"model\":\"m\",\"prompt\":\"p\"}");
        Asked raw = Asked.post(Asked.saying("a"), "/api/generate", "{\"model\":\"m\",\"prompt\":\"p\",\"raw\":true}");
        JsonNode longer = Asked.post(
                        Asked.saying("a"),
                        "/api/generate",
                        "{\"model\":\"m\",\"prompt\":\"p\",\"stream\":false,\"context\":[7,8]}")
                .json();

        assertThat(streamed.lines().get(0).path("response").asText()).isEqualTo("a");
        assertThat(streamed.lines().get(2).path("context")).hasSize(12);
        assertThat(raw.lines().get(1).has("context")).isFalse();
        assertThat(longer.path("response").asText()).isEqualTo("a");
        assertThat(longer.path("context")).hasSize(13).first().matches(token -> token.intValue() == 7);
    }

    @Test
    void withNothingToSayAModelIsLoadedOrUnloaded() {
        Asked loaded = Asked.post(Asked.saying("a"), "/api/chat", "{\"model\":\"m\",\"messages\":[]}");
        Asked unloaded = Asked.post(Asked.saying("a"), "/api/generate", "{\"model\":\"m\",\"keep_alive\":0}");
        Asked kept = Asked.post(Asked.saying("a"), "/api/generate", "{\"model\":\"m\",\"keep_alive\":\"5m\"}");

        assertThat(loaded.json().path("done_reason").asText()).isEqualTo("load");
        assertThat(loaded.json().path("message").path("content").asText("-")).isEmpty();
        assertThat(unloaded.json().path("done_reason").asText()).isEqualTo("unload");
        assertThat(kept.json().path("done_reason").asText()).isEqualTo("load");
    }

    @Test
    void embedsOneTextOrMany() {
        JsonNode one = Asked.post(Asked.saying(), "/api/embed", "{\"model\":\"nomic-embed-text\",\"input\":\"a b\"}")
                .json();
        JsonNode many = Asked.post(
                        Asked.saying(), "/api/embed", "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":4}")
                .json();
        JsonNode old = Asked.post(Asked.saying(), "/api/embeddings", "{\"model\":\"all-minilm\",\"prompt\":\"a\"}")
                .json();

        assertThat(one.fieldNames())
                .toIterable()
                .containsExactly("model", "embeddings", "total_duration", "load_duration", "prompt_eval_count");
        assertThat(one.path("embeddings").path(0)).hasSize(768);
        assertThat(one.path("prompt_eval_count").asInt()).isEqualTo(2);
        assertThat(many.path("embeddings")).hasSize(2).allMatch(vector -> vector.size() == 4);
        assertThat(old.path("embedding")).hasSize(384);
    }

    @Test
    void modelsAreListedShownAndCompatible() {
        JsonNode tags = Asked.get("/api/tags").json().path("models");
        JsonNode shown = Asked.post(Asked.saying(), "/api/show", "{\"model\":\"deepseek-r1\"}")
                .json();
        JsonNode unknown = Asked.post(Asked.saying(), "/api/show", "{\"model\":\"my/own:13b\"}")
                .json();

        assertThat(tags)
                .isNotEmpty()
                .allMatch(model -> model.path("digest").asText().matches("[0-9a-f]{64}"));
        assertThat(tags.path(0).fieldNames())
                .toIterable()
                .containsExactly("name", "model", "modified_at", "size", "digest", "details");
        assertThat(shown.path("capabilities").toString()).contains("thinking", "tools");
        assertThat(shown.path("model_info").path("qwen3.context_length").asInt())
                .isEqualTo(131_072);
        assertThat(unknown.path("details").path("parameter_size").asText()).isEqualTo("13B");
        assertThat(Asked.get("/api/version").json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(Asked.get("/api/ps").json().path("models")).hasSize(1);
        assertThat(Asked.get("/v1/models")
                        .json()
                        .path("data")
                        .path(0)
                        .path("object")
                        .asText())
                .isEqualTo("model");
    }
}
