package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.simulation.ApiError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row is a wrong request and what is said of it. */
class MessagesErrorsTest {
    private static final String CALLED = "{'role':'user','content':'a'},{'role':'assistant','content':"
            + "[{'type':'tool_use','id':'toolu_1','name':'f','input':{}}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'model':null        | model: Field required
            'model':7           | model: Input should be a valid string
            'model':''          | model: String should have at least 1 character
            'max_tokens':null   | max_tokens: Field required
            'max_tokens':0      | max_tokens: Input should be greater than or equal to 1
            'max_tokens':1.5    | max_tokens: Input should be a valid integer, got a number with a fractional part
            'max_tokens':'x'    | max_tokens: Input should be a valid integer
            'messages':null     | messages: Field required
            'messages':'hi'     | messages: Input should be a valid list
            'messages':['hi']   | messages.0: Input should be a valid dictionary
            'messages':[]       | messages: at least one message is required
            'messages':[{'content':'a'}] | messages.0.role: Field required
            'messages':[{'role':'user'}] | messages.0.content: Field required
            'messages':[{'role':'user','content':7}] | messages.0.content: Input should be a valid list
            'messages':[{'role':'assistant','content':'a'}] | messages: first message must use the "user" role
            'messages':[{'role':'developer','content':'a'}] | messages: Unexpected role "developer". Allowed roles are "user" or "assistant".
            'messages':[{'role':'tool','content':'a'}] | messages: Unexpected role "tool". Allowed roles are "user" or "assistant". For instructions on how to use tools, see https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview.
            'messages':[{'role':'system','content':'a'}] | messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.
            'messages':[{'role':'user','content':''}] | messages.0: all messages must have non-empty content except for the optional final assistant message
            'messages':[{'role':'user','content':[{'type':'text','text':''}]}] | messages: text content blocks must be non-empty
            'messages':[{'role':'user','content':[{'type':'text'}]}] | messages.0.content.0.text.text: Field required
            'messages':[{'role':'user','content':[{'text':'a'}]}] | messages.0.content.0.type: Field required
            'messages':[{'role':'user','content':[{'type':'image'}]}] | messages.0.content.0.image.source: Field required
            'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/bmp','data':''}}]}] | messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'
            'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b '}] | messages: final assistant content cannot end with trailing whitespace
            'messages':[{'role':'user','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]}] | messages: `tool_use` blocks can only be in `assistant` messages
            'system':7          | system: Input should be a valid list
            'system':[{'type':'text'}] | system.0.text: Field required
            'stop_sequences':[' '] | stop_sequences: each stop sequence must contain non-whitespace
            'stop_sequences':'x' | stop_sequences: Input should be a valid list
            'temperature':2     | temperature: Input should be less than or equal to 1
            'top_p':-1          | top_p: Input should be greater than or equal to 0
            'stream':'yes'      | stream: Input should be a valid boolean
            'service_tier':'x'  | service_tier: Input should be 'auto' or 'standard_only'
            'tools':[{'type':'function','function':{}}] | tools.0: Input tag 'function' found using 'type' does not match any of the expected tags: 'custom'
            'tools':[{'name':'f'}] | tools.0.custom.input_schema: Field required
            'tools':[{'name':'f','input_schema':{}}] | tools.0.custom.input_schema.type: Field required
            'tools':[{'name':'f f','input_schema':{'type':'object'}}] | tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'
            'tools':[{'name':'f','input_schema':{'type':'object'}},{'name':'f','input_schema':{'type':'object'}}] | tools: Tool names must be unique.
            'tool_choice':{'type':'auto'} | tool_choice may only be specified while providing tools.
            'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':'g'} | Tool 'g' not found in provided tools
            'thinking':{'type':'enabled'} | thinking.enabled.budget_tokens: Field required
            'thinking':{'type':'enabled','budget_tokens':9} | thinking.enabled.budget_tokens: Input should be greater than or equal to 1024
            'thinking':{'type':'enabled','budget_tokens':4096} | `max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size
            'thinking':{'type':'on'} | thinking: Input tag 'on' found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'
            'output_config':{'format':{'type':'json_schema'}} | output_config.format.schema: Field required
            """)
    void saysWhatIsWrongInTheWordsOfTheService(String wrong, String message) {
        String body = body(wrong);
        Asked asked = Asked.post(Asked.saying("x"), "/v1/messages", body);

        assertThat(asked.answer().status()).isEqualTo(400);
        assertThat(asked.json().at("/error/message").asText()).isEqualTo(message);
        assertThat(asked.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_2'}]} | messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_2. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.
            {'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1'},{'type':'tool_result','tool_use_id':'toolu_1'}]} | messages.2.content.1: each tool_use must have a single result. Found multiple `tool_result` blocks with id: toolu_1
            {'role':'user','content':'b'} | messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block in the next message.
            {'role':'user','content':[{'type':'tool_result'}]} | messages.2.content.0.tool_result.tool_use_id: Field required
            {'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','is_error':'no'}]} | messages.2.content.0.tool_result.is_error: Input should be a valid boolean
            """)
    void resultsAreHeldAgainstTheCallsBeforeThem(String third, String message) {
        Asked asked = Asked.post(Asked.saying("x"), "/v1/messages", body("'messages':[" + CALLED + "," + third + "]"));

        assertThat(asked.json().at("/error/message").asText()).isEqualTo(message);
    }

    @Test
    void anErrorHasTheEnvelopeAndTheHeadersOfTheService() {
        Asked asked = Asked.post(Asked.saying("x"), "/v1/messages", "{}");

        String id = asked.answer().headers().first("request-id").orElseThrow();
        assertThat(id).matches("req_011C[A-Za-z0-9]{20}");
        assertThat(asked.answer().headers().contains("anthropic-organization-id"))
                .isTrue();
        assertThat(asked.text())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"model: Field required\"},\"request_id\":\"" + id + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "401,authentication_error",
        "403,permission_error",
        "404,not_found_error",
        "413,request_too_large",
        "429,rate_limit_error",
        "500,api_error",
        "503,api_error",
        "504,api_error",
        "529,overloaded_error",
    })
    void errorsFromElsewhereGetTheTypeOfTheirStatus(int status, String type) {
        Asked asked =
                new Asked(new AnthropicSurface().error(ApiError.of(status, "m").withType("server_error")));

        assertThat(asked.json().at("/error/type").asText()).isEqualTo(type);
        assertThat(asked.json().path("request_id").asText())
                .isEqualTo(asked.answer().headers().first("request-id").orElseThrow());
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThat(Asked.post(Asked.saying("x"), "/v1/messages", "{")
                        .json()
                        .at("/error/message")
                        .asText())
                .startsWith("The request body is not valid JSON: ");
        assertThat(Asked.post(Asked.saying("x"), "/v1/messages", "[]").answer().status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotSimulatedCanBeRecorded() {
        Asked asked = Asked.post(Asked.saying("x"), "/v1/files", "{}");

        assertThat(asked.answer().status()).isEqualTo(404);
        assertThat(asked.json().at("/error/type").asText()).isEqualTo("not_found_error");
        assertThat(asked.json().at("/error/message").asText()).contains("/v1/files", "llmsim record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'temperature':1", "'top_p':1", "'top_k':3"})
    void theNewVersionTakesNoSamplingParameters(String removed) {
        Request request = new Request(
                "anthropic",
                "POST",
                "/v1/messages",
                Headers.of("anthropic-version", "2026-10-21"),
                Bytes.utf8(body(removed)));

        assertThat(Asked.ask(Asked.saying("x"), request).answer().status()).isEqualTo(400);
        assertThat(Asked.post(Asked.saying("x"), "/v1/messages", body(removed))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    private static String body(String changed) {
        ObjectNode body = (ObjectNode) Asked.parsed(
                "{\"model\":\"m\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        JsonNode changes = Asked.parsed("{" + changed.replace('\'', '"') + "}");
        body.setAll((ObjectNode) changes);
        return body.toString();
    }
}
