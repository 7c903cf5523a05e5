package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.synth.Generator;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.SynthState;
import dev.llmsim.synth.ToolUse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The surface with the engine that it has in production. */
class SimulatedMessagesTest {
    private static final String TOOL =
            "'tools':[{'name':'get_weather','description':'d','input_schema':{'type':'object',"
                    + "'properties':{'city':{'type':'string'}},'required':['city']}}]";

    private final SynthState state = new SynthState(1);

    @Test
    void thoughtsKeepToTheirBudgetAndAreSigned() {
        JsonNode message = ask("'thinking':{'type':'enabled','budget_tokens':1024}", "hello");

        assertThat(message.at("/content/0/type").asText()).isEqualTo("thinking");
        assertThat(message.at("/content/0/thinking").asText()).isNotEmpty();
        assertThat(message.at("/content/0/signature").asText()).startsWith("Eq");
        assertThat(message.at("/content/1/type").asText()).isEqualTo("text");
        assertThat(message.path("stop_reason").asText()).isEqualTo("end_turn");
    }

    @Test
    void anAnswerEndsAtItsLimit() {
        JsonNode message = ask("'max_tokens':5", "hello");

        assertThat(message.path("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void aToolIsCalledOnceAndItsResultEndsTheLoop() {
        JsonNode called = ask(TOOL, "What is the weather in Paris?");
        JsonNode use = called.at("/content/0");
        String third =
                "'messages':[{'role':'user','content':'What is the weather in Paris?'},{'role':'assistant','content':"
                        + called.path("content") + "},{'role':'user','content':[{'type':'tool_result','tool_use_id':"
                        + use.path("id") + ",'content':'sunny'}]}]";
        JsonNode ended = ask(TOOL + "," + third, "");

        assertThat(called.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(use.path("id").asText()).matches("toolu_01[A-Za-z0-9]{22}");
        assertThat(use.at("/input/city").isTextual()).isTrue();
        assertThat(ended.path("stop_reason").asText()).isEqualTo("end_turn");
    }

    @Test
    void whatWasCachedIsReadTheSecondTime() {
        String system =
                "'system':[{'type':'text','text':'" + "word ".repeat(3000) + "','cache_control':{'type':'ephemeral'}}]";
        JsonNode first = ask(system, "hello").path("usage");
        JsonNode second = ask(system, "hello").path("usage");

        int written = first.path("cache_creation_input_tokens").asInt();
        assertThat(written).isGreaterThan(1024);
        assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(written);
        assertThat(second.path("input_tokens")).isEqualTo(first.path("input_tokens"));
    }

    @Test
    void anEchoRepeatsTheWholePrompt() {
        SynthSettings echoing =
                new SynthSettings(Generator.parse("echo").generator(), 100, ToolUse.NEVER, Catalogue.standard());
        JsonNode message = ask(echoing, "'system':'be kind'", "hello");

        assertThat(message.at("/content/0/text").asText()).contains("be kind\nuser: hello");
    }

    @Test
    void whatIsTooLongIsToldInAnthropicsWords() {
        assertThat(ask("'max_tokens':40000", "hello").at("/error/message").asText())
                .isEqualTo("max_tokens: 40000 > 32000, which is the maximum allowed number of output tokens for"
                        + " claude-opus-4-1");
        assertThat(ask("'x':1", "word ".repeat(300_000)).at("/error/message").asText())
                .matches("prompt is too long: \\d+ tokens > 200000 maximum");
    }

    @Test
    void aBodyBeyond32MegabytesIsTooLarge() {
        String body = "{\"model\":\"claude-opus-4-1\",\"max_tokens\":9}" + " ".repeat(32 << 20);
        Asked asked = new Asked(new Simulator(List.of(new AnthropicSurface()), SynthSettings.DEFAULT)
                .answer(
                        new Request("anthropic", "POST", "/v1/messages", Headers.EMPTY, Bytes.utf8(body)),
                        Dialect.ANTHROPIC,
                        state,
                        1_770_000_000)
                .orElseThrow());

        assertThat(asked.answer().status()).isEqualTo(413);
        assertThat(asked.json().path("error").path("type").asText()).isEqualTo("request_too_large");
        assertThat(asked.json().path("error").path("message").asText()).isEqualTo("Request exceeds the maximum size");
    }

    private JsonNode ask(String changed, String text) {
        return ask(SynthSettings.DEFAULT, changed, text);
    }

    private JsonNode ask(SynthSettings settings, String changed, String text) {
        String body = "{'model':'claude-opus-4-1','max_tokens':4096,'messages':[{'role':'user','content':'" + text
                + "'}]," + changed + "}";
        Request request =
                new Request("anthropic", "POST", "/v1/messages", Headers.EMPTY, Bytes.utf8(body.replace('\'', '"')));
        return new Asked(new Simulator(List.of(new AnthropicSurface()), settings)
                        .answer(request, Dialect.ANTHROPIC, state, 1_770_000_000)
                        .orElseThrow())
                .json();
    }
}
