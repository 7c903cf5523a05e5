package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wordings were seen on the real service. */
class ResponsesErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'input':'a'} | model missing_required_parameter: Missing required parameter: 'model'.",
                "{'model':null,'input':'a'} | model invalid_type: Invalid type for 'model': expected a string, but got an object instead.",
                "{'model':'','input':'a'} | model model_not_found: The requested model '' does not exist.",
                "{'model':'m'} | input missing_required_parameter: Missing required parameter: 'input'.",
                "{'model':'m','input':''} | - missing_required_parameter: One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.",
                "{'model':'m','input':{}} | input invalid_type: Invalid type for 'input': expected one of a string or array of input items, but got an object instead.",
                "{'model':'m','input':[7]} | input[0] invalid_type: Invalid type for 'input[0]': expected an input item, but got an integer instead.",
                "{'model':'m','input':[{'role':'x','content':'a'}]} | input[0] invalid_value: Invalid value: 'x'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
                "{'model':'m','input':[{'role':'user'}]} | input[0].content missing_required_parameter: Missing required parameter: 'input[0].content'.",
                "{'model':'m','input':[{'role':'assistant','content':[{'type':'input_text','text':'a'}]}]} | input[0].content[0] invalid_value: Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
                "{'model':'m','input':[{'type':'function_call_output','call_id':'call_1','output':'a'}]} | input -: No tool call found for function call output with call_id call_1.",
                "{'model':'m','input':[{'type':'function_call','call_id':'call_1','name':'f','arguments':'{}'}]} | input -: No tool output found for function call call_1.",
                "{'model':'m','input':[{'type':'function_call','name':'f','arguments':'{}'}]} | input[0].call_id missing_required_parameter: Missing required parameter: 'input[0].call_id'.",
                "{'model':'m','input':'a','seed':1} | seed unknown_parameter: Unknown parameter: 'seed'.",
                "{'model':'m','messages':[],'input':'a'} | - unsupported_parameter: Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'. Try again with the new parameter. See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.",
                "{'model':'m','input':'a','max_output_tokens':1} | max_output_tokens integer_below_min_value: Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.",
                "{'model':'m','input':'a','max_tool_calls':0} | max_tool_calls integer_below_min_value: Invalid 'max_tool_calls': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "{'model':'m','input':'a','temperature':-1} | temperature decimal_below_min_value: Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -1 instead.",
                "{'model':'m','input':'a','reasoning':{'effort':'x'}} | reasoning.effort invalid_value: Invalid value: 'x'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.",
                "{'model':'m','input':'a','reasoning':{'summary':'x'}} | reasoning.summary invalid_value: Invalid value: 'x'. Supported values are: 'concise', 'detailed', and 'auto'.",
                "{'model':'m','input':'a','include':['x']} | include[0] invalid_value: Invalid value: 'x'. Supported values are: 'file_search_call.results', 'web_search_call.results', 'web_search_call.action.sources', 'message.input_image.image_url', 'computer_call_output.output.image_url', 'code_interpreter_call.outputs', 'reasoning.encrypted_content', and 'message.output_text.logprobs'.",
                "{'model':'m','input':'a','truncation':'x'} | truncation invalid_value: Invalid value: 'x'. Supported values are: 'auto' and 'disabled'.",
                "{'model':'m','input':'a','service_tier':'x'} | service_tier invalid_value: Invalid value: 'x'. Supported values are: 'auto', 'default', 'fast', 'flex', and 'priority'.",
                "{'model':'m','input':'a','metadata':'x'} | metadata invalid_type: Invalid type for 'metadata': expected a metadata object, but got a string instead.",
                "{'model':'m','input':'a','text':{'format':{'type':'x'}}} | text.format.type invalid_value: Invalid value: 'x'. Supported values are: 'json_object', 'text', and 'json_schema'.",
                "{'model':'m','input':'a','text':{'format':{'type':'json_schema','schema':{}}}} | text.format.name missing_required_parameter: Missing required parameter: 'text.format.name'.",
                "{'model':'m','input':'a','text':{'format':{'type':'json_object'}}} | input -: Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
                "{'model':'m','input':'a','text':{'format':{'type':'json_schema','name':'n','strict':true,'schema':{'type':'object','properties':{}}}}} | text.format.schema invalid_json_schema: Invalid schema for response_format 'n': In context=(), 'additionalProperties' is required to be supplied and to be false.",
                "{'model':'m','input':'a','tools':'x'} | tools invalid_type: Invalid type for 'tools': expected an array of tools, but got a string instead.",
                "{'model':'m','input':'a','tools':[{'type':'function','function':{'name':'f'}}]} | tools[0].name missing_required_parameter: Missing required parameter: 'tools[0].name'.",
                "{'model':'m','input':'a','tools':[{'name':'f'}]} | tools[0].type missing_required_parameter: Missing required parameter: 'tools[0].type'.",
                "{'model':'m','input':'a','tool_choice':7} | tool_choice invalid_type: Invalid type for 'tool_choice': expected one of an object or 'none', 'auto', or 'required', but got an integer instead.",
                "{'model':'m','input':'a','tool_choice':'x'} | tool_choice invalid_value: Invalid value: 'x'. Supported values are: 'none', 'auto', and 'required'.",
                "{'model':'m','input':'a','tool_choice':{'type':'function'}} | tool_choice.name missing_required_parameter: Missing required parameter: 'tool_choice.name'.",
                "{'model':'m','input':'a','tool_choice':{'type':'function','name':'f'}} | tool_choice -: Tool choice 'f' not found in 'tools' parameter.",
                "{'model':'m','input':'a','tool_choice':{'type':'web_search'}} | tool_choice -: Tool choice 'web_search' not found in 'tools' parameter.",
                "{'model':'m','input':'a','previous_response_id':'resp_x'} | previous_response_id previous_response_not_found: Previous response with id 'resp_x' not found.",
                "{'model':'m','input':'a','conversation':'conv_x','previous_response_id':'resp_x'} | - mutually_exclusive_parameters: Mutually exclusive parameters: ''. Ensure you are only providing one of: 'pre..._id' or 'conversation'."
            })
    void aWrongRequestIsToldWhatTheServiceTells(String json, String error) {
        assertThat(Asked.Session.saying("Hi").create(json).error()).isEqualTo("400 invalid_request_error " + error);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Asked.Session session = Asked.Session.saying("Hi");
        String response = "404 invalid_request_error - -: Response with id 'resp_x' not found.";

        assertThat(session.get("/v1/responses/resp_x").error()).isEqualTo(response);
        assertThat(session.delete("/v1/responses/resp_x").error()).isEqualTo(response);
        assertThat(session.post("/v1/responses/resp_x/cancel", "{}").error()).isEqualTo(response);
        assertThat(session.get("/v1/responses/resp_x/input_items").error()).isEqualTo(response);
        assertThat(session.create("{'model':'m','input':[{'type':'item_reference','id':'msg_x'}]}")
                        .error())
                .isEqualTo("404 invalid_request_error input -: Item with id 'msg_x' not found. Items are not"
                        + " persisted when `store` is set to false. Try again with `store` set to true, or remove this"
                        + " item from your input.");
        assertThat(session.create("{'model':'m','input':'a','conversation':'conv_x'}")
                        .error())
                .isEqualTo("404 invalid_request_error - -: Conversation with id 'conv_x' not found.");
        assertThat(session.create("{'model':'m','input':'a','prompt':{'id':'pmpt_x'}}")
                        .error())
                .isEqualTo("404 invalid_request_error - -: Prompt with id 'pmpt_x' not found.");
    }

    @Test
    void otherServicesOfThisShapeHaveRulesOfTheirOwn() {
        Asked asked = Asked.Session.saying("Hi")
                .ask(SurfaceAnswer.post(
                        "deepseek",
                        "/responses",
                        "{\"model\":\"m\",\"input\":[{\"type\":\"new\"},{\"role\":\"user\",\"content\":\"hi\"}],"
                                + "\"max_output_tokens\":1,\"reasoning\":{\"effort\":\"much\"},\"seed\":1}"));

        assertThat(asked.answer().status()).as(asked.text()).isEqualTo(200);
    }

    @Test
    void aConversationThatIsTooLongIsRefusedOrShortened() {
        Asked.Session session = Asked.Session.of(FixedEngine.answering(ResponsesErrorsTest::refusingLong));
        String ask = "{'model':'model-a','input':[{'role':'system','content':'Rules.'},"
                + "{'role':'user','content':'1'},{'role':'user','content':'2'},{'role':'user','content':'3'}]";

        assertThat(session.create(ask + "}").error())
                .isEqualTo("400 invalid_request_error input context_length_exceeded: Your input exceeds the context"
                        + " window of this model. Please adjust your input and try again.");
        assertThat(session.create(ask + ",'truncation':'auto'}").answer().status())
                .isEqualTo(200);
        List<Prompt> prompts = session.fixed().prompts();
        assertThat(prompts.get(prompts.size() - 1).turns().stream().map(Turn::text))
                .containsExactly("Rules.", "2", "3");
    }

    private static Reply refusingLong(Prompt prompt) {
        if (prompt.turns().stream().anyMatch(turn -> turn.parts().contains(new Part.Text("1")))) {
            throw new ApiErrorException(ApiError.of(400, "too long").withCode("context_length_exceeded"));
        }
        Content text = new Content.Text(List.of("Hi"));
        return new Reply(List.of(new Choice(List.of(text), Finish.STOP)), new Usage(10, 1, 0, 0, 0));
    }
}
