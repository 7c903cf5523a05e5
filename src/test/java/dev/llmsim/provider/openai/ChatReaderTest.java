package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the engine is asked, for what a client sent. */
class ChatReaderTest {
    private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'f','description':'does',"
            + "'parameters':{'type':'object'}}},{'type':'custom','custom':{'name':'c'}}]";

    @Test
    void limitsAndSamplingReachTheEngine() {
        Prompt prompt = read("'max_completion_tokens':5,'stop':['a','b'],'n':3,'seed':9,'logprobs':true,"
                + "'top_logprobs':2,'reasoning_effort':'high'");

        assertThat(prompt.sampling()).isEqualTo(new Sampling(5, List.of("a", "b"), 3, OptionalLong.of(9), 2));
        assertThat(prompt.thinking().effort()).isEqualTo(Thinking.Effort.HIGH);
        assertThat(read("'max_tokens':6,'stop':'x','logprobs':true").sampling())
                .isEqualTo(new Sampling(6, List.of("x"), 1, OptionalLong.empty(), 0));
        assertThat(read("'max_tokens':null").sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(read("'model':'o3-mini','max_tokens':6").sampling().maxTokens())
                .isEqualTo(6);
    }

    @Test
    void everyFormOfToolChoiceIsUnderstood() {
        assertThat(choice("'none'")).isEqualTo(ToolChoice.NONE);
        assertThat(choice("'required'")).isEqualTo(ToolChoice.REQUIRED);
        assertThat(choice("{'type':'function','function':{'name':'f'}}")).isEqualTo(new ToolChoice.Named("f"));
        assertThat(choice("{'type':'custom','custom':{'name':'c'}}")).isEqualTo(new ToolChoice.Named("c"));
        Prompt allowed = read(TOOLS + ",'parallel_tool_calls':false,'tool_choice':{'type':'allowed_tools',"
                + "'allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'f'}}]}}");
        assertThat(allowed.tooling().choice()).isEqualTo(ToolChoice.REQUIRED);
        assertThat(allowed.tooling().tools()).extracting(Tool::name).containsExactly("f");
        assertThat(allowed.tooling().parallel()).isFalse();
        assertThat(read("'functions':[{'name':'f'}],'function_call':'none'")
                        .tooling()
                        .choice())
                .isEqualTo(ToolChoice.NONE);
    }

    @Test
    void messagesBecomeTurns() {
        Prompt prompt = read("'messages':[{'role':'developer','content':'d'},"
                + "{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                + "'function':{'name':'f','arguments':'{}'}},{'id':'c2','type':'custom',"
                + "'custom':{'name':'c','input':'x'}}]},"
                + "{'role':'tool','tool_call_id':'c2','content':'r2'},"
                + "{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'r1'}]},"
                + "{'role':'function','name':'g','content':'r3'},{'role':'assistant','refusal':'no'}]");

        assertThat(prompt.turns())
                .containsExactly(
                        Turn.of(Role.SYSTEM, "d"),
                        new Turn(Role.USER, List.of(new Part.Text("a"), new Part.Text("b"))),
                        new Turn(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.ToolCall("c1", "f", "{}"),
                                        new Part.ToolCall("c2", "c", "{\"input\":\"x\"}"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("c2", "c", "r2"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("c1", "f", "r1"))),
                        new Turn(Role.TOOL, List.of(new Part.ToolResult("", "g", "r3"))),
                        Turn.of(Role.ASSISTANT, "no"));
    }

    @Test
    void mediaAreMeasured() {
        byte[] gif = {'G', 'I', 'F', '8', '9', 'a', 3, 1, 2, 0};
        String url = "data:image/gif;base64," + Base64.getEncoder().encodeToString(gif);
        Prompt prompt = read("'messages':[{'role':'user','content':["
                + "{'type':'image_url','image_url':{'url':'" + url + "','detail':'low'}},"
                + "{'type':'image_url','image_url':{'url':'https://example.com/a.png'}},"
                + "{'type':'input_audio','input_audio':{'data':'AAAA','format':'mp3'}},"
                + "{'type':'file','file':{'file_data':'data:application/pdf;base64,AAA='}},"
                + "{'type':'file','file':{'file_id':'file-1'}}]}]");

        assertThat(prompt.turns().get(0).parts())
                .containsExactly(
                        new Part.Image(259, 2, Part.Detail.LOW),
                        new Part.Image(0, 0, Part.Detail.AUTO),
                        new Part.Attachment("audio/mpeg", 3),
                        new Part.Attachment("application/pdf", 2),
                        new Part.Attachment("", 0));
    }

    @Test
    void formatsReachTheEngine() {
        assertThat(read("'response_format':{'type':'text'}").form()).isEqualTo(OutputForm.TEXT);
        assertThat(read("'messages':[{'role':'user','content':'as JSON'}],'response_format':{'type':'json_object'}")
                        .form())
                .isEqualTo(OutputForm.JSON);
        assertThat(read("'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{'type':'array'}}}")
                        .form())
                .isEqualTo(new OutputForm.Schema(Asked.parsed("{\"type\":\"array\"}")));
    }

    private static ToolChoice choice(String choice) {
        return read(TOOLS + ",'tool_choice':" + choice).tooling().choice();
    }

    private static Prompt read(String fields) {
        FixedEngine engine = Asked.saying("pong");
        String messages = fields.startsWith("'messages'") ? "" : "'messages':[{'role':'user','content':'ping'}],";
        Asked asked = Asked.post(
                engine, "/v1/chat/completions", ("{'model':'gpt-4o'," + messages + fields + "}").replace('\'', '"'));
        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        return engine.prompts().get(0);
    }
}
