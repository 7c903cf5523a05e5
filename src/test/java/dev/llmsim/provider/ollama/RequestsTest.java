package dev.llmsim.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAUCAIAAAA=";

    @Test
    void everythingThatMattersReachesTheEngine() {
        Prompt prompt = read(
                "/api/chat",
                "{\"model\":\"mine\",\"stream\":false,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":\"look\",\"images\":[\"" + PNG + "\"]},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\",\"tool_calls\":"
                        + "[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]},"
                        + "{\"role\":\"tool\",\"tool_name\":\"f\",\"content\":\"42\"}],"
                        + "\"options\":{\"num_predict\":7,\"stop\":[\"END\"],\"seed\":3,\"temperature\":0.5,\"mirostat\":1},"
                        + "\"format\":{\"type\":\"object\"},\"think\":true,\"keep_alive\":\"5m\"}");

        assertThat(prompt.model()).isEqualTo("mine");
        assertThat(prompt.turns())
                .containsExactly(
                        Turn.of(Role.SYSTEM, "be brief"),
                        new Turn(Role.USER, List.of(new Part.Text("look"), new Part.Image(10, 20, Part.Detail.AUTO))),
                        new Turn(
                                Role.ASSISTANT,
                                List.of(new Part.Thought("hm"), new Part.ToolCall("", "f", "{\"a\":1}"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("", "f", "42"))));
        assertThat(prompt.sampling().maxTokens()).isEqualTo(7);
        assertThat(prompt.sampling().stops()).containsExactly("END");
        assertThat(prompt.sampling().seed()).hasValue(3);
        assertThat(prompt.form()).isInstanceOf(OutputForm.Schema.class);
        assertThat(prompt.thinking().effort()).isEqualTo(Thinking.Effort.MEDIUM);
        assertThat(prompt.thinking().summary()).isEqualTo(Thinking.Summary.FULL);
    }

    /** Where the parser gives up for depth it names no place. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed"})
    void whatIsTooDeepIsRefused(String path) {
        SurfaceAnswer answer = SurfaceAnswer.of(
                new OllamaSurface(),
                FixedEngine.answering(Finish.STOP),
                SurfaceAnswer.post("ollama", path, "[".repeat(100_000)));

        assertThat(answer.answer().status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("exceeded max depth");
    }

    @Test
    void aBarePromptIsASystemTurnAndAUserTurn() {
        Prompt prompt =
                read("/api/generate", "{\"model\":\"m\",\"system\":\"s\",\"prompt\":\"p\",\"format\":\"json\"}");

        assertThat(prompt.turns()).containsExactly(Turn.of(Role.SYSTEM, "s"), Turn.of(Role.USER, "p"));
        assertThat(prompt.form()).isEqualTo(OutputForm.JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "llama3.2, , NONE",
        "qwen3, , MEDIUM",
        "qwen3, false, NONE",
        "gpt-oss:20b, '\"high\"', HIGH",
        "never-heard-of, true, MEDIUM",
        "never-heard-of, , NONE"
    })
    void modelsThatCanThinkDoUnlessToldNotTo(String model, String think, Thinking.Effort effort) {
        String field = think == null ? "" : ",\"think\":" + think;
        Prompt prompt = read(
                "/api/chat",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]" + field + "}");

        assertThat(prompt.thinking().effort()).isEqualTo(effort);
    }

    @Test
    void minusOneAndMinusTwoAreNoLimit() {
        Prompt prompt = read(
                "/api/generate", "{\"model\":\"m\",\"prompt\":\"p\",\"options\":{\"num_predict\":-2,\"seed\":-1}}");

        assertThat(prompt.sampling().maxTokens()).isEqualTo(-1);
        assertThat(prompt.sampling().seed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | '' | missing request body",
                "400 | '{\"model\":' | unexpected EOF",
                "400 | '[]' | json: cannot unmarshal array into Go value of type api.ChatRequest",
                "400 | '{}' | model is required",
                "400 | '{\"model\":3}' | json: cannot unmarshal number into Go struct field ChatRequest.model of type string",
                "400 | '{\"model\":\"m\",\"messages\":\"x\"}' | json: cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message",
                "400 | '{\"model\":\"m\",\"think\":\"huge\"}' | invalid think value: \"huge\" (must be \"high\", \"medium\", \"low\", true, or false)",
                "400 | '{\"model\":\"llama3.2\",\"think\":true}' | \"llama3.2\" does not support thinking",
                "400 | '{\"model\":\"nomic-embed-text\"}' | \"nomic-embed-text\" does not support chat",
                "400 | '{\"model\":\"llava\",\"tools\":[{\"function\":{\"name\":\"f\"}}]}' | registry.ollama.ai/library/llava:7b does not support tools",
                "400 | '{\"model\":\"m\",\"keep_alive\":\"soon\"}' | time: invalid duration \"soon\"",
                "500 | '{\"model\":\"m\",\"messages\":[{}],\"options\":{\"num_predict\":\"x\"}}' | option \"num_predict\" must be of type integer",
                "500 | '{\"model\":\"m\",\"messages\":[{}],\"format\":\"xml\"}' | invalid format: \"\\\"xml\\\"\"; expected \"json\" or a valid JSON Schema object",
                "400 | '{\"model\":\"m\",\"messages\":[{\"images\":[\"!\"]}]}' | illegal base64 data at input byte 0"
            })
    void whatIsWrongIsToldInTheServersWords(int status, String body, String error) {
        assertThat(Asked.post(Asked.saying("x"), "/api/chat", body).error(status))
                .isEqualTo(error);
    }

    @Test
    void otherEndpointsHaveWordsOfTheirOwn() {
        assertThat(Asked.post(Asked.saying(), "/api/embed", "{\"model\":\"m\",\"input\":3}")
                        .error(400))
                .isEqualTo("invalid input type");
        assertThat(Asked.post(
                                Asked.saying("x"),
                                "/api/generate",
                                "{\"model\":\"m\",\"prompt\":\"p\",\"raw\":true,\"system\":\"s\"}")
                        .error(400))
                .isEqualTo("raw mode does not support template, system, or context");
        assertThat(Asked.post(Asked.saying(), "/api/pull", "{\"model\":\"m\"}").error(404))
                .startsWith("404 page not found")
                .contains("llmsim record");
    }

    private static Prompt read(String target, String json) {
        FixedEngine engine = Asked.saying("x");
        Asked asked = Asked.post(engine, target, json);
        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        return engine.prompts().get(0);
    }
}
