package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesAnswersTest {
    private static final String ASK = "{'model':'gpt-5','input':'hi'";

    @Test
    void aWholeResponseHasTheMembersAndTheOrderOfTheRealOne() {
        Asked asked = Asked.Session.saying("H", "i").create(ASK + "}");

        assertThat(asked.text().replaceAll("(resp|msg)_[0-9a-f]{50}\"", "$1\""))
                .isEqualTo(("{'id':'resp','object':'response','created_at':1770933892,'status':'completed',"
                                + "'background':false,'completed_at':1770933894,'error':null,'frequency_penalty':0.0,"
                                + "'incomplete_details':null,'instructions':null,'max_output_tokens':null,"
                                + "'max_tool_calls':null,'model':'gpt-5','moderation':null,'output':[{'id':'msg',"
                                + "'type':'message','status':'completed','content':[{'type':'output_text',"
                                + "'annotations':[],'logprobs':[],'text':'Hi'}],'role':'assistant'}],"
                                + "'output_text':'Hi','parallel_tool_calls':true,'presence_penalty':0.0,"
                                + "'previous_response_id':null,'prompt_cache_key':null,'prompt_cache_retention':null,"
                                + "'reasoning':{'effort':null,'summary':null},'safety_identifier':null,"
                                + "'service_tier':'default','store':true,'temperature':1.0,"
                                + "'text':{'format':{'type':'text'},'verbosity':'medium'},'tool_choice':'auto',"
                                + "'tools':[],'top_logprobs':0,'top_p':1.0,'truncation':'disabled',"
                                + "'usage':{'input_tokens':10,'input_tokens_details':{'cached_tokens':0,"
                                + "'cache_write_tokens':0},'output_tokens':2,"
                                + "'output_tokens_details':{'reasoning_tokens':0},'total_tokens':12},'user':null,"
                                + "'metadata':{}}")
                        .replace('\'', '"'));
        assertThat(asked.answer().work().shownTokens()).isEqualTo(2);
    }

    @Test
    void whatWasAskedForIsRepeated() {
        JsonNode json = Asked.Session.saying("{}")
                .create(ASK + ",'instructions':'Be brief.','temperature':0,'top_p':0.5,'max_output_tokens':99,"
                        + "'max_tool_calls':3,'metadata':{'a':'b'},'store':false,'truncation':'auto','user':'u',"
                        + "'service_tier':'flex','reasoning':{'effort':'low','summary':'auto'},'safety_identifier':'s',"
                        + "'prompt_cache_key':'k','parallel_tool_calls':false,'tool_choice':'none',"
                        + "'text':{'verbosity':'low','format':{'type':'json_schema','name':'n','schema':{}}},"
                        + "'tools':[{'type':'function','name':'f','parameters':null},{'type':'web_search'}]}")
                .json();

        assertThat(json.path("temperature").toString()).isEqualTo("0.0");
        assertThat(json.path("reasoning").toString()).isEqualTo("{\"effort\":\"low\",\"summary\":\"auto\"}");
        assertThat(json.path("tools").toString())
                .isEqualTo("[{\"type\":\"function\",\"description\":null,\"name\":\"f\",\"parameters\":null,"
                        + "\"strict\":true},{\"type\":\"web_search\"}]");
        assertThat(json.path("text").toString())
                .isEqualTo("{\"format\":{\"type\":\"json_schema\",\"description\":null,\"name\":\"n\",\"schema\":{},"
                        + "\"strict\":false},\"verbosity\":\"low\"}");
        for (String same : List.of(
                "instructions=Be brief.",
                "top_p=0.5",
                "max_output_tokens=99",
                "max_tool_calls=3",
                "store=false",
                "truncation=auto",
                "user=u",
                "service_tier=flex",
                "safety_identifier=s",
                "prompt_cache_key=k",
                "parallel_tool_calls=false",
                "tool_choice=none")) {
            String[] pair = same.split("=");
            assertThat(json.path(pair[0]).asText()).as(pair[0]).isEqualTo(pair[1]);
        }
        assertThat(json.at("/metadata/a").asText()).isEqualTo("b");
    }

    @Test
    void eachFormOfInputIsRead() {
        FixedEngine engine = FixedEngine.answering(Finish.STOP, new Content.Text(List.of("ok")));
        Asked asked = Asked.Session.of(engine)
                .create("{'model':'gpt-4o','instructions':'Rules.','input':["
                        + "{'role':'developer','content':'More rules.'},"
                        + "{'type':'message','role':'user','content':[{'type':'input_text','text':'Look:'},"
                        + "{'type':'input_image','image_url':'https://example.com/a.png','detail':'low'},"
                        + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,AAAA'}]},"
                        + "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm.'}]},"
                        + "{'type':'function_call','call_id':'call_1','name':'f','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'call_1','output':'7'},"
                        + "{'role':'assistant','content':[{'type':'output_text','text':'Seven.'}]},"
                        + "{'role':'user','content':'Thanks.'}]}");

        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
        List<Turn> turns = engine.prompts().get(0).turns();
        assertThat(turns.stream().map(Turn::role))
                .containsExactly(
                        Role.SYSTEM, Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.USER);
        assertThat(turns.get(2).parts().toString())
                .isEqualTo("[Text[text=Look:], Image[width=0, height=0, detail=LOW],"
                        + " Attachment[mediaType=application/pdf, bytes=3]]");
        assertThat(turns.get(3).parts().toString())
                .isEqualTo("[Thought[text=Hm.], ToolCall[id=call_1, name=f, arguments={}]]");
        assertThat(turns.get(4).parts().toString()).isEqualTo("[ToolResult[callId=call_1, name=f, text=7]]");
    }

    @Test
    void whatMattersToTheAnswerReachesTheEngine() {
        FixedEngine engine = FixedEngine.answering(Finish.STOP, new Content.Text(List.of("ok")));
        Asked.Session.of(engine)
                .create(ASK + ",'max_output_tokens':20,'reasoning':{'effort':'high','summary':'detailed'},"
                        + "'tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'}},"
                        + "{'type':'custom','name':'c'},{'type':'web_search'}],"
                        + "'tool_choice':{'type':'function','name':'f'},'parallel_tool_calls':false}");

        Prompt prompt = engine.prompts().get(0);
        assertThat(prompt.sampling().maxTokens()).isEqualTo(20);
        assertThat(prompt.thinking()).isEqualTo(new Thinking(Thinking.Effort.HIGH, Thinking.Summary.DETAILED, -1));
        assertThat(prompt.tooling().tools().stream().map(Tool::name)).containsExactly("f", "c");
        assertThat(prompt.tooling().choice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(prompt.tooling().parallel()).isFalse();
    }

    @Test
    void allowedToolsAreTheOnlyOnes() {
        FixedEngine engine = FixedEngine.answering(Finish.STOP, new Content.Text(List.of("ok")));
        Asked asked = Asked.Session.of(engine)
                .create(ASK + ",'tools':[{'type':'function','name':'f'},{'type':'function','name':'g'}],"
                        + "'tool_choice':{'type':'allowed_tools','mode':'required',"
                        + "'tools':[{'type':'function','name':'g'}]}}");

        assertThat(engine.prompts().get(0).tooling().tools().stream().map(Tool::name))
                .containsExactly("g");
        assertThat(engine.prompts().get(0).tooling().choice()).isEqualTo(ToolChoice.REQUIRED);
        assertThat(asked.json().path("tools")).hasSize(2);
    }

    @Test
    void thoughtsAndCallsAreItemsInTheirOrder() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.Thought(List.of("I ", "see."), 30),
                new Content.ToolCall("call_1", "f", List.of("{\"a\"", ":1}")),
                new Content.ToolCall("", "c", List.of("{\"input\":", "\"x", "\"}")));
        String ask = ASK + ",'include':['reasoning.encrypted_content'],'reasoning':{'summary':'auto'},"
                + "'tools':[{'type':'function','name':'f'},{'type':'custom','name':'c'}]";

        JsonNode output = Asked.Session.of(engine).create(ask + "}").json().path("output");
        Asked stream = Asked.Session.of(engine).create(ask + ",'stream':true}");

        assertThat(output.toString()
                        .replaceAll("_[0-9a-f]{50}", "")
                        .replaceAll("gAAAAAB[A-Za-z0-9]+", "sealed")
                        .replaceAll("call_[A-Za-z0-9]{24}", "call_2"))
                .isEqualTo(("[{'id':'rs','type':'reasoning','encrypted_content':'sealed','summary':[{"
                                + "'type':'summary_text','text':'I see.'}],'status':'completed'},"
                                + "{'id':'fc','type':'function_call','status':'completed','arguments':'{#a#:1}',"
                                + "'call_id':'call_1','name':'f'},"
                                + "{'id':'ctc','type':'custom_tool_call','status':'completed','call_id':'call_2',"
                                + "'input':'x','name':'c'}]")
                        .replace('\'', '"')
                        .replace("#", "\\\""));
        assertThat(stream.types())
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "custom_tool_call_input.delta",
                        "custom_tool_call_input.done",
                        "output_item.done",
                        "completed");
        assertThat(stream.joined("response.reasoning_summary_text.delta")).isEqualTo("I see.");
        assertThat(stream.joined("response.custom_tool_call_input.delta")).isEqualTo("x");
        assertThat(stream.answer().work().shownTokens()).isEqualTo(5);
    }

    @Test
    void rawThoughtsComeAsContent() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("Hm", "."), 2), new Content.Text(List.of("4")));

        Asked stream = Asked.Session.of(engine).create(ASK + ",'stream':true}");

        assertThat(stream.types()).contains("reasoning_text.delta", "reasoning_text.done", "content_part.added");
        assertThat(stream.last().at("/response/output/0/content/0").toString())
                .isEqualTo("{\"type\":\"reasoning_text\",\"text\":\"Hm.\"}");
        assertThat(stream.last().at("/response/reasoning/effort").asText()).isEqualTo("medium");
    }

    @Test
    void anAnswerThatWasCutIsIncomplete() {
        FixedEngine engine = FixedEngine.answering(Finish.LENGTH, new Content.Text(List.of("On", "ce")));

        JsonNode json = Asked.Session.of(engine).create(ASK + "}").json();
        Asked stream = Asked.Session.of(engine).create(ASK + ",'stream':true}");

        assertThat(json.path("status").asText()).isEqualTo("incomplete");
        assertThat(json.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(json.path("completed_at").isNull()).isTrue();
        assertThat(json.at("/output/0/status").asText()).isEqualTo("incomplete");
        assertThat(stream.last().path("type").asText()).isEqualTo("response.incomplete");
    }

    @Test
    void refusalsAreTheirOwnKindOfPart() {
        FixedEngine engine = FixedEngine.answering(Finish.STOP, new Content.Refusal(List.of("I ", "will not.")));

        JsonNode json = Asked.Session.of(engine).create(ASK + "}").json();
        Asked stream = Asked.Session.of(engine).create(ASK + ",'stream':true}");

        assertThat(json.at("/output/0/content/0").toString())
                .isEqualTo("{\"type\":\"refusal\",\"refusal\":\"I will not.\"}");
        assertThat(json.path("output_text").asText()).isEmpty();
        assertThat(stream.types()).contains("refusal.delta", "refusal.done").doesNotContain("output_text.done");
    }

    @Test
    void logProbabilitiesComeWhereTheyAreIncluded() {
        Asked stream = Asked.Session.saying("H", "i")
                .create("{'model':'gpt-4o','input':'hi','include':['message.output_text.logprobs'],'top_logprobs':2,"
                        + "'stream':true}");

        JsonNode delta = stream.events().get(4);
        assertThat(delta.at("/logprobs/0/token").asText()).isEqualTo("H");
        assertThat(delta.at("/logprobs/0/top_logprobs")).hasSize(2);
        assertThat(stream.last().at("/response/output/0/content/0/logprobs")).hasSize(2);
        assertThat(stream.last().at("/response/top_logprobs").asInt()).isEqualTo(2);
    }

    @Test
    void paddingCanBeTurnedOff() {
        String ask = ASK + ",'stream':true";

        assertThat(Asked.Session.saying("H").create(ask + "}").text()).contains("\"obfuscation\"");
        assertThat(Asked.Session.saying("H")
                        .create(ask + ",'stream_options':{'include_obfuscation':false}}")
                        .text())
                .doesNotContain("obfuscation");
    }

    @Test
    void newerModelsSayWhatAMessageIsFor() {
        FixedEngine calling = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.Text(List.of("Wait.")),
                new Content.ToolCall("call_1", "f", List.of("{}")));
        String ask = "{'model':'gpt-5.5','input':'hi','tools':[{'type':'function','name':'f'}]}";

        assertThat(Asked.Session.of(calling)
                        .create(ask)
                        .json()
                        .at("/output/0/phase")
                        .asText())
                .isEqualTo("commentary");
        assertThat(Asked.Session.saying("Hi")
                        .create(ask)
                        .json()
                        .at("/output/0/phase")
                        .asText())
                .isEqualTo("final_answer");
    }

    @Test
    void whatGeneratesNothingIsCreatedAndCanBeContinued() {
        Asked.Session session = Asked.Session.saying("Hi");

        Asked created = session.create("{'model':'gpt-5','input':'Remember.','generate':false,'stream':true}");
        String id = created.last().at("/response/id").asText();
        session.create("{'model':'gpt-5','input':'Go.','previous_response_id':'" + id + "'}");

        assertThat(created.types()).containsExactly("created");
        assertThat(session.fixed().prompts()).hasSize(1);
        assertThat(session.fixed().prompts().get(0).turns().stream().map(Turn::text))
                .containsExactly("Remember.", "Go.");
    }

    @Test
    void thoughtsSinceTheUserLastSpokeAreReadAgain() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.Thought(List.of(), 30),
                new Content.ToolCall("call_1", "f", List.of("{}")));
        Asked.Session session = Asked.Session.of(engine);
        Asked first = session.create(
                ASK + ",'tools':[{'type':'function','name':'f'}]," + "'include':['reasoning.encrypted_content']}");
        String result = "{'type':'function_call_output','call_id':'call_1','output':'7'}";
        String stored = ",'previous_response_id':'" + first.id() + "'}";

        session.create("{'model':'gpt-5','input':[" + result + "]" + stored);
        String echoed = first.json().path("output").toString();
        session.create("{'model':'gpt-5','input':[{'role':'user','content':'hi'},"
                + echoed.substring(1, echoed.length() - 1) + "," + result + "]}");
        session.create("{'model':'gpt-5','input':[" + result + ",{'role':'user','content':'And?'}]" + stored);

        List<String> thoughts = engine.prompts().stream()
                .skip(1)
                .map(prompt -> prompt.turns().get(1).parts().toString())
                .toList();
        String again = "[Thought[text=], Attachment[mediaType=text/plain, bytes=116],"
                + " ToolCall[id=call_1, name=f, arguments={}]]";
        assertThat(thoughts)
                .containsExactly(again, again, "[Thought[text=], ToolCall[id=call_1, name=f, arguments={}]]");
        assertThat(session.get("/v1/responses/" + first.id()).text()).doesNotContain("llmsim_tokens");
    }

    @Test
    void tokensAreCountedAndConversationsMadeShort() {
        Asked.Session session = Asked.Session.saying("Hi");

        assertThat(session.post("/v1/responses/input_tokens", ASK + "}").text())
                .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":10}");
        String id = session.create(ASK + "}").id();
        assertThat(session.post("/v1/responses/input_tokens", "{'model':'m','previous_response_id':'" + id + "'}")
                        .answer()
                        .status())
                .isEqualTo(200);
        JsonNode compact = session.post("/v1/responses/compact", ASK + "}").json();
        assertThat(compact.path("object").asText()).isEqualTo("response.compaction");
        assertThat(compact.at("/output/0/role").asText()).isEqualTo("user");
        assertThat(compact.at("/output/1/type").asText()).isEqualTo("compaction");
        Asked next = session.create("{'model':'gpt-5','input':" + compact.path("output") + "}");
        assertThat(next.answer().status()).as(next.text()).isEqualTo(200);
    }

    @Test
    void openResponsesEndsStreamsAndNamesThoughtsAndErrorsInItsOwnWay() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("Hm."), 1), new Content.Text(List.of("Hi")));
        Asked.Session session = Asked.Session.of(engine);

        String stream = session.ask(SurfaceAnswer.post(
                        "openresponses", "/v1/responses", "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}"))
                .text();
        Asked wrong = session.ask(SurfaceAnswer.post("openresponses", "/v1/responses", "{\"input\":\"hi\"}"));
        Asked gone = session.ask(SurfaceAnswer.get("openresponses", "/v1/responses/resp_1"));

        assertThat(stream).endsWith("\n\ndata: [DONE]\n\n").contains("event: response.reasoning.delta\n");
        assertThat(wrong.error()).startsWith("400 invalid_request model missing_required_parameter: ");
        assertThat(gone.error()).startsWith("404 not_found ");
    }
}
