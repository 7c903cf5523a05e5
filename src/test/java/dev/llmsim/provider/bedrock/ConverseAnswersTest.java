package dev.llmsim.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseAnswersTest {
    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-20250514-v1%3A0";
    private static final String HI = "'messages':[{'role':'user','content':[{'text':'hi'}]}]";

    @Test
    void everyKindOfBlockIsRead() {
        Prompt prompt = prompt("""
                {'system':[{'text':'be kind'},{'cachePoint':{'type':'default'}}],
                'messages':[{'role':'user','content':[{'text':'look'},{'guardContent':{'text':{'text':'guarded'}}},
                {'image':{'format':'gif','source':{'bytes':'R0lGODlhBQAHAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'}}},
                {'document':{'format':'pdf','name':'d','source':{'bytes':'AAAA'}}},
                {'video':{'format':'mp4','source':{'s3Location':{'uri':'s3://a/b'}}}}]},
                {'role':'assistant','content':[{'reasoningContent':{'reasoningText':{'text':'hm','signature':'s'}}},
                {'toolUse':{'toolUseId':'t','name':'f','input':{'a':1}}}]},
                {'role':'user','content':[{'toolResult':{'toolUseId':'t','status':'success','content':
                [{'text':'sunny'},{'json':{'b':2}}]}}]}],
                'toolConfig':{'tools':[{'toolSpec':{'name':'f','description':'d','inputSchema':{'json':{'type':'object'}}}}],
                'toolChoice':{'tool':{'name':'f'}}},
                'inferenceConfig':{'maxTokens':7,'stopSequences':['END'],'temperature':0.5,'topP':1}}""");

        assertThat(prompt.turns())
                .extracting(turn -> turn.role())
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(prompt.turns().get(1).parts())
                .containsExactly(
                        new Part.Text("look"),
                        new Part.Text("guarded"),
                        new Part.Image(5, 7, Part.Detail.AUTO),
                        new Part.Attachment("application/pdf", 3),
                        new Part.Attachment("video/mp4", 0));
        assertThat(prompt.turns().get(2).parts())
                .containsExactly(new Part.Thought("hm"), new Part.ToolCall("t", "f", "{\"a\":1}"));
        assertThat(prompt.turns().get(3).parts()).containsExactly(new Part.ToolResult("t", "f", "sunny {\"b\":2}"));
        assertThat(prompt.tooling().choice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(prompt.sampling().maxTokens()).isEqualTo(7);
        assertThat(prompt.sampling().stops()).containsExactly("END");
        assertThat(prompt.model()).isEqualTo("us.anthropic.claude-sonnet-4-20250514-v1:0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'thinking':{'type':'enabled','budget_tokens':2000}}           | DEFAULT | 2000
            {'reasoning_config':{'type':'enabled','budget_tokens':2000}}   | DEFAULT | 2000
            {'thinking':{'type':'adaptive'}}                               | HIGH    | -1
            {'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}} | LOW  | -1
            {'reasoningConfig':{'type':'enabled','maxReasoningEffort':'medium'},'thinking':null} | MEDIUM | -1
            {'thinking':{'type':'disabled'}}                               | NONE    | -1
            {'top_k':5}                                                    | NONE    | -1
            """)
    void thinkingIsReadInEachFamilysSpelling(String more, String effort, int budget) {
        String model = more.contains("reasoningConfig") ? "us.amazon.nova-2-lite-v1%3A0" : CLAUDE;
        FixedEngine engine = Asked.saying("x");
        Asked.post(engine, model, "converse", json("{" + HI + ",'additionalModelRequestFields':" + more + "}"));

        Thinking thinking = engine.prompts().get(0).thinking();
        assertThat(thinking.effort()).hasToString(effort);
        assertThat(thinking.budgetTokens()).isEqualTo(budget);
    }

    @Test
    void aSchemaForTheTextIsRead() {
        Prompt prompt =
                prompt("{" + HI + ",'outputConfig':{'textFormat':{'type':'json_schema','structure':{'jsonSchema':"
                        + "{'name':'n','schema':'{\\\"type\\\":\\\"object\\\"}'}}}}}");

        assertThat(prompt.form()).isInstanceOf(OutputForm.Schema.class);
        assertThat(((OutputForm.Schema) prompt.form()).schema().path("type").asText())
                .isEqualTo("object");
    }

    @Test
    void whatWasCachedIsToldWhereAPointWasSet() {
        Reply reply = new Reply(
                List.of(new Choice(List.of(new Content.Text(List.of("x"))), Finish.STOP)),
                new Usage(100, 1, 0, 30, 50));
        String cached = HI.replace("{'text':'hi'}", "{'text':'hi'},{'cachePoint':{'type':'default','ttl':'1h'}}");
        JsonNode told = Asked.post(FixedEngine.answering(prompt -> reply), CLAUDE, "converse", json("{" + cached + "}"))
                .json()
                .path("usage");
        JsonNode untold = Asked.post(FixedEngine.answering(prompt -> reply), CLAUDE, "converse", json("{" + HI + "}"))
                .json()
                .path("usage");

        assertThat(told)
                .hasToString("{\"cacheDetails\":[{\"inputTokens\":50,\"ttl\":\"1h\"}],"
                        + "\"cacheReadInputTokenCount\":30,\"cacheReadInputTokens\":30,\"cacheWriteInputTokenCount\":50,"
                        + "\"cacheWriteInputTokens\":50,\"inputTokens\":20,\"outputTokens\":1,\"serverToolUsage\":{},"
                        + "\"totalTokens\":101}");
        assertThat(untold.path("inputTokens").asInt()).isEqualTo(100);
        assertThat(untold.path("cacheReadInputTokens").asInt(-1)).isZero();
    }

    @Test
    void theStopSequenceIsToldWhereItWasAskedFor() {
        FixedEngine engine =
                FixedEngine.answering(new Finish(Finish.Reason.STOP_SEQUENCE, "END"), new Content.Text(List.of("x")));
        String asking = json("{" + HI + ",'additionalModelResponseFieldPaths':['/stop_sequence']}");

        JsonNode whole = Asked.post(engine, CLAUDE, "converse", asking).json();
        List<Asked.Event> events =
                Asked.post(engine, CLAUDE, "converse-stream", asking).events();

        assertThat(whole.path("stopReason").asText()).isEqualTo("stop_sequence");
        assertThat(whole.at("/additionalModelResponseFields/stop_sequence").asText())
                .isEqualTo("END");
        assertThat(events.get(events.size() - 2)
                        .payload()
                        .at("/additionalModelResponseFields/stop_sequence")
                        .asText())
                .isEqualTo("END");
    }

    @Test
    void tokensAreCountedForBothKindsOfBodies() {
        String converse = json("{'input':{'converse':{" + HI + "}}}");
        String body = Base64.getEncoder()
                .encodeToString(json("{'anthropic_version':'bedrock-2023-05-31','max_tokens':5,'messages':"
                                + "[{'role':'user','content':'hi'}]}")
                        .getBytes(StandardCharsets.UTF_8));
        String invoke = json("{'input':{'invokeModel':{'body':'" + body + "'}}}");

        assertThat(Asked.post(Asked.saying("x"), CLAUDE, "count-tokens", converse)
                        .json())
                .hasToString("{\"inputTokens\":10}");
        assertThat(Asked.post(Asked.saying("x"), CLAUDE, "count-tokens", invoke).json())
                .hasToString("{\"inputTokens\":10}");
    }

    private static Prompt prompt(String json) {
        FixedEngine engine = Asked.saying("x");
        Asked asked = Asked.post(engine, CLAUDE, "converse", json(json));
        assertThat(asked.answer().status()).as(asked.body().utf8()).isEqualTo(200);
        return engine.prompts().get(0);
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
