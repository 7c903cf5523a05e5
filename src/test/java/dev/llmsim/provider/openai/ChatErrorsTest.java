package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is a wrong request and what the real service said of it. */
class ChatErrorsTest {
    private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'f','parameters':{}}}]";
    private static final String CALLED =
            "{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':"
                    + "[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            'n':'2'                        | n | invalid_type | Invalid type for 'n': expected an integer, but got a string instead.
            'temperature':'hot'            | temperature | invalid_type | Invalid type for 'temperature': expected a decimal, but got a string instead.
            'seed':1.5                     | seed | invalid_type | Invalid type for 'seed': expected an integer, but got a decimal number instead.
            'stream':1                     | stream | invalid_type | Invalid type for 'stream': expected a boolean, but got an integer instead.
            'tools':'none'                 | tools | invalid_type | Invalid type for 'tools': expected an array of objects, but got a string instead.
            'tool_choice':7                | tool_choice | invalid_type | Invalid type for 'tool_choice': expected one of one of 'none', 'auto', or 'required' or object, but got an integer instead.
            'response_format':'json'       | response_format | invalid_type | Invalid type for 'response_format': expected an object, but got a string instead.
            'messages':'ping'              | messages | invalid_type | Invalid type for 'messages': expected an array of objects, but got a string instead.
            'messages':['ping']            | messages[0] | invalid_type | Invalid type for 'messages[0]': expected an object, but got a string instead.
            'messages':[{'role':'user','content':7}] | messages[0].content | invalid_type | Invalid type for 'messages[0].content': expected one of a string or array of objects, but got an integer instead.
            'n':0                          | n | integer_below_min_value | Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.
            'max_completion_tokens':0      | max_completion_tokens | integer_below_min_value | Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.
            'temperature':2.5              | temperature | decimal_above_max_value | Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.
            'temperature':-2.5             | temperature | decimal_below_min_value | Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -2.5 instead.
            'top_logprobs':1               | top_logprobs | - | The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.
            'service_tier':'bogus'         | service_tier | invalid_value | Invalid value: 'bogus'. Supported values are: 'auto', 'default', 'fast', 'flex', 'priority', and 'scale'.
            'response_format':{}           | response_format.type | missing_required_parameter | Missing required parameter: 'response_format.type'.
            'response_format':{'type':'bogus'} | response_format.type | invalid_value | Invalid value: 'bogus'. Supported values are: 'json_object', 'json_schema', and 'text'.
            'response_format':{'type':'json_schema'} | response_format.json_schema | missing_required_parameter | Missing required parameter: 'response_format.json_schema'.
            'response_format':{'type':'json_object'} | messages | - | 'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.
            'messages':[{'role':'bogus','content':'ping'}] | messages[0].role | invalid_value | Invalid value: 'bogus'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.
            'messages':[]                  | messages | empty_array | Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.
            'messages':null                | messages | missing_required_parameter | Missing required parameter: 'messages'.
            'messages':[{'content':'ping'}] | messages[0].role | missing_required_parameter | Missing required parameter: 'messages[0].role'.
            'messages':[{'role':'user'}]   | messages.[0].content | - | Invalid value for 'content': expected a string, got null.
            'messages':[{'role':'developer'}] | messages[0].content | missing_required_parameter | Missing required parameter: 'messages[0].content'.
            'functions':[{'parameters':{}}] | functions[0].name | missing_required_parameter | Missing required parameter: 'functions[0].name'.
            'tools':[{'type':'function'}]  | tools[0].function | missing_required_parameter | Missing required parameter: 'tools[0].function'.
            'tools':[]                     | tools | empty_array | Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.
            'tool_choice':'auto'           | tool_choice | - | Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.
            'parallel_tool_calls':true     | parallel_tool_calls | - | Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.
            'stream_options':{}            | stream_options | - | The 'stream_options' parameter is only allowed when 'stream' is enabled.
            'model':7                      | model | invalid_type | Invalid type for 'model': expected a string, but got an integer instead.
            """)
    void aWrongFieldIsToldAsTheRealServiceTellsIt(
            String fields, @Nullable String param, @Nullable String code, String message) {
        assertRefused(fields, param, code, message);
    }

    @Test
    void anUnknownToolChoiceIsRefused() {
        assertRefused(
                TOOLS + ",'tool_choice':'bogus'",
                "tool_choice",
                "invalid_value",
                "Invalid value: 'bogus'. Supported values are: 'none', 'auto', and 'required'.");
        assertRefused(
                TOOLS + ",'tool_choice':{'type':'function','function':{'name':'g'}}",
                "tool_choice",
                null,
                "Invalid value for 'tool_choice': no function named 'g' was specified in the 'tools' parameter.");
        assertRefused(
                TOOLS + ",'tool_choice':{'type':'function','function':{}}",
                "tool_choice.function.name",
                "missing_required_parameter",
                "Missing required parameter: 'tool_choice.function.name'.");
    }

    @Test
    void resultsOfToolsFollowTheirCalls() {
        assertRefused(
                "'messages':[{'role':'user','content':'a'},{'role':'tool','tool_call_id':'c1','content':'x'}]",
                "messages.[1].role",
                null,
                "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with"
                        + " 'tool_calls'.");
        assertRefused(
                "'messages':[" + CALLED + ",{'role':'user','content':'b'}]",
                "messages.[2].role",
                null,
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                        + " 'tool_call_id'. The following tool_call_ids did not have response messages: c1");
        assertThat(ask("'messages':[" + CALLED + ",{'role':'tool','tool_call_id':'c1','content':'x'}]")
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aStrictSchemaHasToBeClosed() {
        String schema = "{'type':'object','properties':{'a':{'type':'object','properties':{}}},'required':['a'],"
                + "'additionalProperties':false}";
        assertRefused(
                "'response_format':{'type':'json_schema','json_schema':{'name':'s','strict':true,'schema':" + schema
                        + "}}",
                "response_format",
                null,
                "Invalid schema for response_format 's': In context=('properties', 'a'), 'additionalProperties' is"
                        + " required to be supplied and to be false.");
        assertRefused(
                "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':"
                        + schema.replace("'a':{'type':'object','properties':{}}", "'a':{},'b':{}") + "}}]",
                "tools[0].function.parameters",
                "invalid_function_parameters",
                "Invalid schema for function 'f': In context=(), 'required' is required to be supplied and to be an"
                        + " array including every key in properties. Missing 'b'.");
    }

    @Test
    void aModelIsNeeded() {
        assertRefused("'model':null", null, null, "you must provide a model parameter");
    }

    @Test
    void fieldsThatAreNotKnownAreAccepted() {
        assertThat(ask("'zzz':1,'store':true,'metadata':{'a':'b'}").answer().status())
                .isEqualTo(200);
    }

    private static void assertRefused(String fields, @Nullable String param, @Nullable String code, String message) {
        Asked asked = ask(fields);
        ObjectNode error = (ObjectNode) Asked.parsed("{}");
        error.put("message", message)
                .put("type", "invalid_request_error")
                .put("param", param)
                .put("code", code);
        assertThat(asked.answer().status()).isEqualTo(400);
        assertThat(asked.text()).isEqualTo("{\"error\":" + error + "}");
        assertThat(asked.answer().headers().first("x-request-id")).isPresent();
    }

    /** A good request, with {@code fields} in place of or beside its own. */
    private static Asked ask(String fields) {
        ObjectNode body = (ObjectNode)
                Asked.parsed("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}]}");
        JsonNode more = Asked.parsed("{" + fields.replace('\'', '"') + "}");
        body.setAll((ObjectNode) more);
        return Asked.post(Asked.saying("pong"), "/v1/chat/completions", body.toString());
    }
}
