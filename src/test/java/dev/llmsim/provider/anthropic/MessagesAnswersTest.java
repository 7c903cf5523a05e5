package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesAnswersTest {
    @Test
    void aMessageIsWrittenAsTheServiceWritesIt() {
        Asked asked = asked("'model':'claude-x'");

        assertThat(asked.text())
                .isEqualTo("{\"model\":\"claude-x\",\"id\":\"msg_010000000000000000000001\",\"type\":\"message\","
                        + "\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],"
                        + "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"stop_details\":null,"
                        + "\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":0,"
                        + "\"cache_read_input_tokens\":0,\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,"
                        + "\"ephemeral_1h_input_tokens\":0},\"output_tokens\":2,\"service_tier\":\"standard\","
                        + "\"inference_geo\":\"not_available\"}}");
        assertThat(asked.answer().headers().first("request-id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, end_turn",
        "LENGTH, max_tokens",
        "TOOL_CALLS, tool_use",
        "REFUSAL, refusal",
        "CONTENT_FILTER, refusal",
    })
    void theReasonOfTheEndIsTold(Finish.Reason reason, String told) {
        JsonNode json = Asked.post(
                        FixedEngine.answering(new Finish(reason, null), new Content.Refusal(List.of("No"))),
                        "/v1/messages",
                        body("'x':1"))
                .json();

        assertThat(json.path("stop_reason").asText()).isEqualTo(told);
        assertThat(json.at("/stop_details/type").asText()).isEqualTo(told.equals("refusal") ? told : "");
        assertThat(json.at("/content/0/text").asText()).isEqualTo("No");
    }

    @Test
    void theStopSequenceIsTold() {
        Finish stopped = new Finish(Finish.Reason.STOP_SEQUENCE, "END");
        JsonNode json = Asked.post(
                        FixedEngine.answering(stopped, new Content.Text(List.of())),
                        "/v1/messages",
                        body("'stop_sequences':['END']"))
                .json();

        assertThat(json.path("stop_reason").asText()).isEqualTo("stop_sequence");
        assertThat(json.path("stop_sequence").asText()).isEqualTo("END");
        assertThat(json.path("content")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'x':1 | 100 | 0 | 0 | 0
            'cache_control':{'type':'ephemeral'} | 20 | 30 | 0 | 50
            'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}] | 20 | 0 | 30 | 50
            'tools':[{'name':'f','input_schema':{'type':'object'},'cache_control':{'type':'ephemeral'}}] | 20 | 30 | 0 | 50
            'messages':[{'role':'user','content':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}]}] | 20 | 30 | 0 | 50
            """)
    void cachesShowOnlyWhereTheClientAskedForThem(String ask, int input, int fiveMinutes, int oneHour, int read) {
        Reply reply = new Reply(
                List.of(new Choice(List.of(new Content.Text(List.of("a"))), Finish.STOP)),
                new Usage(100, 1, 0, 50, 30));
        JsonNode usage = Asked.post(FixedEngine.answering(prompt -> reply), "/v1/messages", body(ask))
                .json()
                .path("usage");

        assertThat(usage.path("input_tokens").asInt()).isEqualTo(input);
        assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(read);
        assertThat(usage.path("cache_creation_input_tokens").asInt()).isEqualTo(fiveMinutes + oneHour);
        assertThat(usage.at("/cache_creation/ephemeral_5m_input_tokens").asInt())
                .isEqualTo(fiveMinutes);
        assertThat(usage.at("/cache_creation/ephemeral_1h_input_tokens").asInt())
                .isEqualTo(oneHour);
    }

    @Test
    void everyFieldReachesTheEngine() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(301, 17, BufferedImage.TYPE_INT_RGB), "png", png);
        Prompt prompt = prompt("'system':[{'type':'text','text':'s'}],'stop_sequences':['END'],'max_tokens':2048,"
                + "'thinking':{'type':'enabled','budget_tokens':1500},"
                + "'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}},"
                + "'tools':[{'name':'f','description':'d','input_schema':{'type':'object'}},"
                + "{'type':'web_search_20250305','name':'web_search'}],"
                + "'tool_choice':{'type':'auto','disable_parallel_tool_use':true},"
                + "'messages':[{'role':'user','content':[{'type':'text','text':'look'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'"
                + Base64.getEncoder().encodeToString(png.toByteArray()) + "'}},"
                + "{'type':'image','source':{'type':'url','url':'https://x/y.png'}},"
                + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'}}]},"
                + "{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'x'},"
                + "{'type':'redacted_thinking','data':'x'},"
                + "{'type':'tool_use','id':'t1','name':'f','input':{'a':1}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','is_error':true,"
                + "'content':[{'type':'text','text':'it failed'}]}]}]");

        assertThat(prompt.turns())
                .extracting(turn -> turn.role())
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(prompt.turns().get(1).parts())
                .containsExactly(
                        new Part.Text("look"),
                        new Part.Image(301, 17, Part.Detail.AUTO),
                        new Part.Image(0, 0, Part.Detail.AUTO),
                        new Part.Attachment("application/pdf", 3));
        assertThat(prompt.turns().get(2).parts())
                .containsExactly(
                        new Part.Thought("hm"), new Part.Thought(""), new Part.ToolCall("t1", "f", "{\"a\":1}"));
        assertThat(prompt.turns().get(3).parts()).containsExactly(new Part.ToolResult("t1", "f", "it failed"));
        assertThat(prompt.sampling().maxTokens()).isEqualTo(2048);
        assertThat(prompt.sampling().stops()).containsExactly("END");
        assertThat(prompt.thinking()).isEqualTo(new Thinking(Thinking.Effort.DEFAULT, Thinking.Summary.FULL, 1500));
        assertThat(prompt.form()).isEqualTo(new OutputForm.Schema(Asked.parsed("{\"type\":\"object\"}")));
        assertThat(prompt.tooling().tools()).extracting(tool -> tool.name()).containsExactly("f");
        assertThat(prompt.tooling().parallel()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'type':'auto'} | Auto[]
            {'type':'any'}  | Required[]
            {'type':'none'} | None[]
            {'type':'tool','name':'f'} | Named[name=f]
            """)
    void toolChoicesAreUnderstood(String choice, String read) {
        ToolChoice understood = prompt(
                        "'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':" + choice)
                .tooling()
                .choice();

        assertThat(understood).hasToString(read);
    }

    @Test
    void thoughtsAreShownOnlyWhereTheyWereAskedFor() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("h", "m"), 2), new Content.Text(List.of("Hi")));
        JsonNode asked = Asked.post(engine, "/v1/messages", body("'thinking':{'type':'enabled','budget_tokens':1024}"))
                .json();
        JsonNode unasked = Asked.post(engine, "/v1/messages", body("'x':1")).json();

        assertThat(asked.at("/content/0/thinking").asText()).isEqualTo("hm");
        assertThat(Base64.getDecoder().decode(asked.at("/content/0/signature").asText()))
                .isNotEmpty();
        assertThat(asked.path("content")).hasSize(2);
        assertThat(unasked.path("content")).hasSize(1);
        assertThat(engine.prompts().get(1).thinking().effort()).isEqualTo(Thinking.Effort.NONE);
    }

    @Test
    void tokensAreCountedWithoutALimit() {
        ObjectNode body = (ObjectNode) Asked.parsed(body("'x':1"));
        body.remove("max_tokens");

        assertThat(Asked.post(Asked.saying("x"), "/v1/messages/count_tokens?beta=true", body.toString())
                        .text())
                .isEqualTo("{\"input_tokens\":10}");
    }

    private static Asked asked(String changed) {
        return Asked.post(Asked.saying("H", "i"), "/v1/messages", body(changed));
    }

    private static Prompt prompt(String changed) {
        FixedEngine engine = Asked.saying("H", "i");
        Asked asked = Asked.post(engine, "/v1/messages", body(changed));
        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        return engine.prompts().get(0);
    }

    private static String body(String changed) {
        ObjectNode body = (ObjectNode) Asked.parsed(
                "{\"model\":\"m\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        body.setAll((ObjectNode) Asked.parsed("{" + changed.replace('\'', '"') + "}"));
        return body.toString();
    }
}
