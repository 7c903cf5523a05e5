package dev.llmsim.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.FixedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said as the real service says it. */
class ErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | * GenerateContentRequest.contents: contents is not specified",
                "{'contents':[{'parts':[]}]} | * GenerateContentRequest.contents[0].parts: contents.parts must not be empty.",
                "{'contents':[{'parts':[{}]}]} | * GenerateContentRequest.contents[0].parts[0].data: required oneof field 'data' must have one initialized field",
                "{'contents':[{'role':'assistant','parts':[{'text':'a'}]}]} | Please use a valid role: user, model.",
                "{'contents':[{'parts':[{'functionResponse':{'name':'f'}}]}]} | Please ensure that function response turn comes immediately after a function call turn.",
                "{'contents':[{'role':'model','parts':[{'functionCall':{'name':'f'}},{'functionCall':{'name':'g'}}]},{'parts':[{'functionResponse':{'name':'f'}}]}]} | Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
            })
    void contentsThatAreWrongAreRefused(String json, String message) {
        assertRefused(json.replace('\'', '"'), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'generationConfig':{'temperature':3} | * GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].",
                "'generationConfig':{'maxOutputTokens':0} | * GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.",
                "'generationConfig':{'candidateCount':9} | * GenerateContentRequest.generation_config.candidate_count: candidate_count must be in the range [1, 8].",
                "'generationConfig':{'responseMimeType':'a/b'} | * GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`.",
                "'tools':[{'functionDeclarations':[{'name':'a b'}]}] | * GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.",
                "'tools':[{'functionDeclarations':[{'name':'a'},{'name':'a'}]}] | Duplicate function declaration found: a",
                "'toolConfig':{'functionCallingConfig':{'mode':'ANY'}} | Function calling config is set without function_declarations.",
                "'toolConfig':{'functionCallingConfig':{'allowedFunctionNames':['a']}} | Please set allowed_function_names only when function calling mode is ANY.",
                "'generationConfig':{'thinkingConfig':{'thinkingBudget':1,'thinkingLevel':'LOW'}} | You can only set only one of thinking budget and thinking level.",
                "'tools':[{'functionDeclarations':[{'name':'a'}]}],'generationConfig':{'responseMimeType':'application/json'} | Function calling with a response mime type: 'application/json' is unsupported",
            })
    void settingsThatAreWrongAreRefused(String members, String message) {
        assertRefused(Asked.hi(members.replace('\'', '"')), message);
    }

    private static void assertRefused(String json, String message) {
        for (String target : new String[] {Asked.WHOLE, Asked.STREAM}) {
            Asked asked = Asked.post(Asked.saying("x"), target, json);
            JsonNode error = asked.json().path("error");
            assertThat(asked.answer().status()).isEqualTo(400);
            assertThat(error.path("message").asText().stripTrailing()).isEqualTo(message);
            assertThat(error.fieldNames()).toIterable().containsExactly("code", "message", "status");
            assertThat(error.path("code").asInt()).isEqualTo(400);
            assertThat(error.path("status").asText()).isEqualTo("INVALID_ARGUMENT");
        }
    }

    @Test
    void aValueOfAnotherTypeNamesItsField() {
        JsonNode error = Asked.post(
                        Asked.saying("x"), Asked.WHOLE, Asked.hi("\"generation_config\":{\"temperature\":\"hot\"}"))
                .json();

        String message = "Invalid value at 'generation_config.temperature' (TYPE_FLOAT), \\\"hot\\\"";
        assertThat(error.toString())
                .isEqualTo("{\"error\":{\"code\":400,\"message\":\"" + message
                        + "\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":"
                        + "\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":"
                        + "\"generation_config.temperature\",\"description\":\"" + message + "\"}]}]}}");
    }

    /** As clients of this API read it: an error of a stream that is no event stream is the only element of an array. */
    @Test
    void anErrorOfAStreamWithoutEventsStandsInAnArray() {
        String wrong = Asked.hi("\"generation_config\":{\"temperature\":\"hot\"}");
        String stream = Asked.WHOLE.replace(":generateContent", ":streamGenerateContent");

        JsonNode whole = Asked.post(Asked.saying("x"), Asked.WHOLE, wrong).json();
        Asked array = Asked.post(Asked.saying("x"), stream, wrong);
        assertThat(array.answer().status()).isEqualTo(400);
        assertThat(array.answer().headers().first("content-type")).contains("application/json; charset=UTF-8");
        assertThat(array.answer().pieces().get(0).bytes().utf8()).isEqualTo("[" + whole + "]");
        assertThat(Asked.post(Asked.saying("x"), stream + "?alt=sse", wrong).json())
                .isEqualTo(whole);
    }

    @Test
    void aSchemaThatIsNoneNamesItsPlace() {
        String members = "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"type\":\"OBJECT\","
                + "\"properties\":{\"a\":{\"type\":\"ARRAY\",\"items\":1}}}}]}]";

        assertThat(Asked.post(Asked.saying("x"), Asked.WHOLE, Asked.hi(members))
                        .json()
                        .at("/error/message")
                        .asText())
                .isEqualTo("Invalid value at 'tools[0].function_declarations[0].parameters.properties[a].items'"
                        + " (type.googleapis.com/google.ai.generativelanguage.v1beta.Schema), 1");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        assertThat(Asked.post(Asked.saying("x"), Asked.WHOLE, "{\"contents\":[")
                        .json()
                        .at("/error/message")
                        .asText())
                .startsWith("Invalid JSON payload received. ");
        assertThat(Asked.post(Asked.saying("x"), Asked.WHOLE, "[]").answer().status())
                .isEqualTo(400);
    }

    @Test
    void modelsThatAlwaysThinkCannotBeToldNotTo() {
        String never = Asked.hi("\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":0}}");

        assertThat(Asked.post(Asked.saying("x"), "/v1/models/gemini-2.5-pro:generateContent", never)
                        .json()
                        .at("/error/message")
                        .asText())
                .isEqualTo("Budget 0 is invalid. This model only works in thinking mode.");
        assertThat(Asked.post(Asked.saying("x"), Asked.WHOLE, never).answer().status())
                .isEqualTo(200);
    }

    @Test
    void limitsTellInTheBodyWhenToComeBack() {
        ApiError error = new ApiError(429, "rate_limit_error", null, null, "Slow.", Headers.of("retry-after", "34"));
        JsonNode json = new Asked(new GeminiSurface().error(error)).json();

        assertThat(json.toString())
                .isEqualTo(
                        "{\"error\":{\"code\":429,\"message\":\"Slow.\",\"status\":\"RESOURCE_EXHAUSTED\","
                                + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34s\"}]}}");
    }

    @Test
    void aPromptThatIsTooLongIsRefusedInThisApisWords() {
        FixedEngine engine = FixedEngine.answering(prompt -> {
            throw new ApiErrorException(
                    ApiError.of(400, "in OpenAI's words").withParam("messages").withCode("context_length_exceeded"));
        });

        JsonNode error = Asked.post(engine, "/v1/models/model-a:generateContent", Asked.hi(""))
                .json();

        assertThat(error.at("/error/message").asText())
                .isEqualTo("The input token count (10) exceeds the maximum number of tokens allowed (400000).");
    }

    @Test
    void unknownPathsAndModelsAreNotFound() {
        JsonNode path = Asked.get(Asked.saying("x"), "/v1beta/corpora").json();
        JsonNode model = Asked.get(Asked.saying("x"), "/v1/models/none").json();

        assertThat(path.at("/error/status").asText()).isEqualTo("NOT_FOUND");
        assertThat(path.at("/error/message").asText()).contains("GET /v1beta/corpora", "llmsim record");
        assertThat(model.at("/error/message").asText())
                .startsWith("models/none is not found for API version v1, or is not supported");
    }
}
