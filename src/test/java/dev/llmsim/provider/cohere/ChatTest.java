package dev.llmsim.provider.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTest {
    @Test
    void aStreamOpensFillsAndClosesEachBlock() {
        Asked asked = Asked.chat(Asked.saying("Hel", "lo"), ",\"stream\":true");

        List<JsonNode> events = asked.events();
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .containsExactly(
                        "message-start",
                        "content-start",
                        "content-delta",
                        "content-delta",
                        "content-end",
                        "message-end");
        assertThat(events.get(0).path("delta").toString())
                .isEqualTo("{\"message\":{\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],"
                        + "\"citations\":[]}}");
        assertThat(events.get(1).toString())
                .isEqualTo("{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":"
                        + "{\"type\":\"text\",\"text\":\"\"}}}}");
        assertThat(events.get(2).toString())
                .isEqualTo("{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":"
                        + "{\"text\":\"Hel\"}}}}");
        assertThat(events.get(5).path("delta").toString())
                .isEqualTo("{\"finish_reason\":\"COMPLETE\",\"usage\":{\"billed_units\":{\"input_tokens\":10,"
                        + "\"output_tokens\":2},\"tokens\":{\"input_tokens\":505,\"output_tokens\":4},"
                        + "\"cached_tokens\":0}}");
        assertThat(asked.answer().pieces().stream().map(Piece::tokens)).containsExactly(0, 0, 1, 2, 2, 2, 2);
        assertThat(asked.answer().work().shownTokens()).isEqualTo(2);
    }

    @Test
    void callsOfToolsComeAfterAPlanAndAreObjects() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.ToolCall("9gpb31r7h7mj", "f", List.of("{\"a\"", ":1}")),
                new Content.ToolCall("call_llmsim_1_1", "g", List.of("{}")));
        List<JsonNode> events = Asked.chat(engine, ",\"stream\":true").events();
        JsonNode whole = Asked.chat(engine, "").json();

        assertThat(events.stream().map(event -> event.path("type").asText()).distinct())
                .containsExactly(
                        "message-start",
                        "tool-plan-delta",
                        "tool-call-start",
                        "tool-call-delta",
                        "tool-call-end",
                        "message-end");
        JsonNode start = events.stream()
                .filter(event -> event.path("type").asText().equals("tool-call-start"))
                .findFirst()
                .orElseThrow();
        assertThat(start.path("delta").path("message").path("tool_calls").toString())
                .isEqualTo("{\"id\":\"f_9gpb31r7h7mj\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}");
        assertThat(whole.path("finish_reason").asText()).isEqualTo("TOOL_CALL");
        assertThat(whole.path("message").path("tool_plan").asText()).contains("'f'");
        assertThat(whole.path("message").has("content")).isFalse();
        assertThat(whole.path("message")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asText())
                .isEqualTo("{\"a\":1}");
        assertThat(whole.path("message").path("tool_calls").path(1).path("id").asText())
                .isEqualTo("call_llmsim_1_1");
    }

    @Test
    void aTextBeforeACallIsThePlan() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.Text(List.of("Let", " me")),
                new Content.ToolCall("id", "f", List.of("{}")));
        Asked streamed = Asked.chat(engine, ",\"stream\":true");

        assertThat(Asked.chat(engine, "")
                        .json()
                        .path("message")
                        .path("tool_plan")
                        .asText())
                .isEqualTo("Let me");
        assertThat(streamed.answer().work().shownTokens()).isEqualTo(3);
        assertThat(streamed.answer().pieces().stream().map(Piece::tokens)).containsExactly(0, 1, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void thoughtsAreABlockOfTheirOwn() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("hm"), 1), new Content.Text(List.of("yes")));
        List<JsonNode> events = Asked.chat(engine, ",\"stream\":true,\"thinking\":{\"type\":\"enabled\"}")
                .events();

        assertThat(events.get(1).path("delta").path("message").path("content").toString())
                .isEqualTo("{\"type\":\"thinking\",\"thinking\":\"\"}");
        assertThat(events.get(2).path("delta").path("message").path("content").toString())
                .isEqualTo("{\"thinking\":\"hm\"}");
        assertThat(events.get(4).path("index").asInt()).isEqualTo(1);
        assertThat(engine.prompts().get(0).thinking().summary()).isEqualTo(Thinking.Summary.FULL);
    }

    @ParameterizedTest
    @CsvSource({"STOP, COMPLETE", "STOP_SEQUENCE, STOP_SEQUENCE", "LENGTH, MAX_TOKENS", "TOOL_CALLS, TOOL_CALL"})
    void endsHaveNamesOfTheirOwn(Finish.Reason reason, String name) {
        FixedEngine engine = FixedEngine.answering(new Finish(reason, null), new Content.Text(List.of("x")));

        assertThat(Asked.chat(engine, "").json().path("finish_reason").asText()).isEqualTo(name);
    }

    @Test
    void everythingThatMattersReachesTheEngine() {
        FixedEngine engine = Asked.saying("x");
        Asked.post(
                engine,
                "/v2/chat",
                "{\"model\":\"mine\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\",\"detail\":\"low\"}}]},"
                        + "{\"role\":\"assistant\",\"tool_plan\":\"p\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"document\","
                        + "\"document\":{\"data\":\"42\"}}]}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"REQUIRED\","
                        + "\"max_tokens\":7,\"stop_sequences\":[\"END\"],\"seed\":3,"
                        + "\"response_format\":{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}}");

        Prompt prompt = engine.prompts().get(0);
        assertThat(prompt.turns())
                .containsExactly(
                        Turn.of(Role.SYSTEM, "s"),
                        new Turn(Role.USER, List.of(new Part.Text("u"), new Part.Image(0, 0, Part.Detail.LOW))),
                        new Turn(Role.ASSISTANT, List.of(new Part.Text("p"), new Part.ToolCall("c", "f", "{}"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("c", "f", "{\"data\":\"42\"}"))));
        assertThat(prompt.tooling().choice()).isEqualTo(ToolChoice.REQUIRED);
        assertThat(prompt.sampling().maxTokens()).isEqualTo(7);
        assertThat(prompt.sampling().stops()).containsExactly("END");
        assertThat(prompt.sampling().seed()).hasValue(3);
        assertThat(prompt.form()).isInstanceOf(OutputForm.Schema.class);
        assertThat(prompt.thinking().effort()).isEqualTo(Thinking.Effort.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | invalid request: model is required.",
                "'{\"model\":\"m\"}' | invalid request: message must be at least 1 token long or tool results must be specified.",
                "'{\"model\":3}' | invalid type: parameter model is of type number but should be of type string.",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"x\"}]}' | invalid request: invalid role 'x'",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"p\":2}' | invalid request: p must be between 0.01 and 0.99 inclusive.",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_choice\":\"NONE\"}' | invalid request: tool_choice can only be set when tools are provided.",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"c\"}]}' | invalid request: tool_call_id 'c' was not found"
            })
    void whatIsWrongIsToldInTwoMembers(String body, String message) {
        Asked asked = Asked.post(Asked.saying("x"), "/v2/chat", body);

        assertThat(asked.answer().status()).isEqualTo(400);
        assertThat(asked.json().fieldNames()).toIterable().containsExactly("id", "message");
        assertThat(asked.json().path("message").asText()).startsWith(message);
    }

    @Test
    void otherPathsCanBeRecorded() {
        Asked asked = Asked.post(Asked.saying("x"), "/v2/rerank", "{}");

        assertThat(asked.answer().status()).isEqualTo(404);
        assertThat(asked.json().path("message").asText()).contains("llmsim record");
    }

    @Test
    void vectorsComeInEachFormatThatIsAskedFor() {
        JsonNode json = Asked.post(
                        Asked.saying(),
                        "/v2/embed",
                        "{\"model\":\"embed-v4.0\",\"input_type\":\"search_query\",\"texts\":[\"a\",\"b c\"],"
                                + "\"embedding_types\":[\"float\",\"int8\",\"ubinary\",\"base64\"],\"output_dimension\":256}")
                .json();

        JsonNode embeddings = json.path("embeddings");
        assertThat(embeddings.fieldNames()).toIterable().containsExactly("float", "int8", "ubinary", "base64");
        assertThat(embeddings.path("float")).hasSize(2).allMatch(vector -> vector.size() == 256);
        assertThat(embeddings.path("ubinary").path(0)).hasSize(32);
        assertThat(embeddings.path("int8").path(0)).allMatch(number -> Math.abs(number.intValue()) <= 128);
        assertThat(embeddings.path("base64").path(0).asText()).hasSize(1368);
        assertThat(json.path("meta").path("billed_units").path("input_tokens").asInt())
                .isEqualTo(3);
    }
}
