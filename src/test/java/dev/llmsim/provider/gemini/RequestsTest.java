package dev.llmsim.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client asks for reaches the engine. */
class RequestsTest {
    private static final String TWO_TOOLS = "\"tools\":[{\"googleSearch\":{}},{\"functionDeclarations\":["
            + "{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{"
            + "\"z\":{\"type\":\"STRING\",\"nullable\":true,\"format\":\"enum\",\"enum\":[\"a\"]},"
            + "\"n\":{\"type\":\"ARRAY\",\"minItems\":\"2\",\"items\":{\"type\":\"INTEGER\",\"format\":\"int32\"}}},"
            + "\"propertyOrdering\":[\"n\",\"z\"],\"required\":[\"n\"]}},"
            + "{\"name\":\"g\",\"parameters_json_schema\":{\"type\":\"object\"}}]}]";

    @Test
    void turnsAreReadByEitherSpelling() {
        String camel =
                "{\"systemInstruction\":{\"parts\":{\"text\":\"be\"}},\"contents\":[{\"parts\":[{\"text\":\"a\"},"
                        + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}},"
                        + "{\"fileData\":{\"mimeType\":\"application/pdf\",\"fileUri\":\"u\"}}]},"
                        + "{\"role\":\"model\",\"parts\":[{\"text\":\"t\",\"thought\":true},"
                        + "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{\"x\":1}}}]},"
                        + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":"
                        + "{\"r\":2}}},{\"text\":\"so?\"}]}]}";
        List<Turn> turns = turns(camel);

        assertThat(turns)
                .containsExactly(
                        Turn.of(Role.SYSTEM, "be"),
                        new Turn(
                                Role.USER,
                                List.of(
                                        new Part.Text("a"),
                                        new Part.Image(0, 0, Part.Detail.AUTO),
                                        new Part.Attachment("application/pdf", 0))),
                        new Turn(
                                Role.ASSISTANT,
                                List.of(new Part.Thought("t"), new Part.ToolCall("1", "f", "{\"x\":1}"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("1", "f", "{\"r\":2}"))),
                        Turn.of(Role.USER, "so?"));
        String snake = camel;
        for (String name : List.of(
                "systemInstruction",
                "inlineData",
                "mimeType",
                "fileData",
                "fileUri",
                "functionCall",
                "functionResponse")) {
            snake = snake.replace("\"" + name + "\"", "\"" + Fields.snake(name) + "\"");
        }
        assertThat(snake).contains("\"function_response\"").doesNotContain("functionCall");
        assertThat(turns(snake)).isEqualTo(turns);
    }

    private static List<Turn> turns(String json) {
        FixedEngine engine = Asked.saying("x");
        Asked asked = Asked.post(engine, Asked.WHOLE, json);
        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        return engine.prompts().get(0).turns();
    }

    @Test
    void schemasOfFunctionsBecomeJsonSchemas() {
        List<Tool> tools = Asked.prompt(TWO_TOOLS).tooling().tools();

        assertThat(tools).extracting(Tool::name).containsExactly("f", "g");
        assertThat(tools.get(0).parameters().toString())
                .isEqualTo("{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{"
                        + "\"n\":{\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"integer\"}},"
                        + "\"z\":{\"type\":[\"string\",\"null\"],\"enum\":[\"a\"]}}}");
        assertThat(tools.get(1).parameters().toString()).isEqualTo("{\"type\":\"object\"}");
    }

    @Test
    void modesDecideWhetherFunctionsAreCalled() {
        assertThat(choice("{}")).isEqualTo(ToolChoice.AUTO);
        assertThat(choice("{\"mode\":\"auto\"}")).isEqualTo(ToolChoice.AUTO);
        assertThat(choice("{\"mode\":\"VALIDATED\"}")).isEqualTo(ToolChoice.AUTO);
        assertThat(choice("{\"mode\":\"NONE\"}")).isEqualTo(ToolChoice.NONE);
        assertThat(choice("{\"mode\":\"ANY\"}")).isEqualTo(ToolChoice.REQUIRED);
        assertThat(choice("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"g\"]}"))
                .isEqualTo(new ToolChoice.Named("g"));
        assertThat(choice("{\"mode\":\"ANY\",\"allowed_function_names\":[\"g\",\"f\"]}"))
                .isEqualTo(ToolChoice.REQUIRED);
        assertThat(prompt("{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"g\"]}")
                        .tooling()
                        .tools())
                .extracting(Tool::name)
                .containsExactly("g");
    }

    private static ToolChoice choice(String config) {
        return prompt(config).tooling().choice();
    }

    private static Prompt prompt(String config) {
        return Asked.prompt(TWO_TOOLS + ",\"toolConfig\":{\"functionCallingConfig\":" + config + "}");
    }

    @Test
    void generationIsConfigured() {
        Prompt prompt = Asked.prompt("\"generation_config\":{\"max_output_tokens\":7,\"stopSequences\":[\"a\",\"b\"],"
                + "\"candidateCount\":2,\"seed\":5,\"temperature\":0,\"topK\":3,\"responseLogprobs\":true,"
                + "\"logprobs\":4,\"thinkingConfig\":{\"thinkingBudget\":9,\"include_thoughts\":true}}");

        assertThat(prompt.sampling().maxTokens()).isEqualTo(7);
        assertThat(prompt.sampling().stops()).containsExactly("a", "b");
        assertThat(prompt.sampling().choices()).isEqualTo(2);
        assertThat(prompt.sampling().seed()).hasValue(5);
        assertThat(prompt.sampling().topLogprobs()).isEqualTo(4);
        assertThat(prompt.thinking()).isEqualTo(new Thinking(Thinking.Effort.DEFAULT, Thinking.Summary.AUTO, 9));
        assertThat(Asked.prompt("\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"low\"}}")
                        .thinking()
                        .effort())
                .isEqualTo(Thinking.Effort.LOW);
        assertThat(Asked.prompt("\"safetySettings\":[{}],\"unknown\":1")
                        .sampling()
                        .maxTokens())
                .isEqualTo(-1);
    }

    @Test
    void formsAreRead() {
        String json = "\"generationConfig\":{\"responseMimeType\":\"application/json\"";

        assertThat(Asked.prompt("").form()).isEqualTo(OutputForm.TEXT);
        assertThat(Asked.prompt(json + "}").form()).isEqualTo(OutputForm.JSON);
        assertThat(schema(json + ",\"responseSchema\":{\"type\":\"BOOLEAN\"}}")).isEqualTo("{\"type\":\"boolean\"}");
        assertThat(schema(json + ",\"responseJsonSchema\":{\"type\":\"boolean\"}}"))
                .isEqualTo("{\"type\":\"boolean\"}");
    }

    private static String schema(String members) {
        return ((OutputForm.Schema) Asked.prompt(members).form()).schema().toString();
    }
}
