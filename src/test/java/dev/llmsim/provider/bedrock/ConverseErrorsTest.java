package dev.llmsim.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseErrorsTest {
    private static final String CLAUDE = "anthropic.claude-3-5-sonnet-20241022-v2%3A0";
    private static final String HI = "'messages':[{'role':'user','content':[{'text':'hi'}]}]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | Value null at 'messages' failed to satisfy constraint: Member must not be null
            {'messages':[]} | A conversation must start with a user message. Try again with a conversation that starts with a user message.
            {'messages':[{'role':'assistant','content':[{'text':'x'}]}]} | A conversation must start with a user message.
            {'messages':[{'role':'human','content':[{'text':'x'}]}]} | Value 'human' at 'messages.1.member.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]
            {'messages':[{'role':'user','content':[{'text':'x'}]},{'role':'user','content':[{'text':'x'}]}]} | A conversation must alternate between user and assistant roles.
            {'messages':[{'role':'user','content':[]}]} | The content field in the Message object at messages.0 is empty.
            {'messages':[{'role':'user','content':[{'text':' '}]}]} | The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.
            {'messages':[{'role':'user','content':[{}]}]} | ContentBlock object at messages.0.content.0 must set one of the following keys: text, image,
            {'messages':[{'role':'user','content':[{'image':{'format':'bmp','source':{}}}]}]} | Value 'bmp' at 'messages.1.member.content.1.member.image.format'
            {HI,'inferenceConfig':{'topP':-1}} | Value '-1.0' at 'inferenceConfig.topP' failed to satisfy constraint: Member must have value greater than or equal to 0
            {HI,'inferenceConfig':{'maxTokens':0}} | Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1
            {HI,'toolConfig':{'tools':[]}} | Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1
            {HI,'toolConfig':{'tools':[{'toolSpec':{'name':'a b','inputSchema':{'json':{'type':'object'}}}}]}} | satisfy regular expression pattern: [a-zA-Z0-9_-]+
            {HI,'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':5}}} | The model returned the following errors: thinking.enabled.budget_tokens: Input should be greater than or equal to 1024
            {'messages':[{'role':'user','content':[{'toolResult':{'toolUseId':'a','content':[]}}]}]} | The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.
            {'messages':[{'role':'user','content':[{'text':'x'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'f','input':{}}}]},{'role':'user','content':[{'text':'x'}]}]} | Expected toolResult blocks at messages.2.content for the following Ids: a
            {'messages':[{'role':'user','content':[{'text':'x'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'f','input':{}}}]}]} | The toolConfig field must be defined when using toolUse and toolResult content blocks.
            """)
    void whatIsWrongIsToldInTheServicesWords(String body, String words) {
        Asked asked = ask(body.replace("HI", HI).replace('\'', '"'));

        assertThat(asked.json().path("message").asText()).contains(words);
        assertThat(asked.answer().status()).isEqualTo(400);
        assertThat(asked.header("x-amzn-errortype")).isEqualTo("ValidationException");
        assertThat(asked.header("x-amzn-requestid")).isNotEmpty();
    }

    @Test
    void otherTypesCannotBeConverted() {
        Asked asked = ask("{" + HI.replace('\'', '"') + ",\"inferenceConfig\":{\"maxTokens\":\"many\"}}");

        assertThat(asked.json().path("message").asText()).isEqualTo("STRING_VALUE can not be converted to an Integer");
        assertThat(asked.header("x-amzn-errortype")).isEqualTo("SerializationException");
        assertThat(ask("{\"messages\":[{\"role\":[],\"content\":[]}]}")
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo("Start of structure or map found where not expected.");
        assertThat(ask("{").header("x-amzn-errortype")).isEqualTo("SerializationException");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException",
        "403, AccessDeniedException",
        "404, ResourceNotFoundException",
        "408, ModelTimeoutException",
        "424, ModelErrorException",
        "429, ThrottlingException",
        "500, InternalServerException",
        "503, ServiceUnavailableException",
    })
    void everyStatusHasItsException(int status, String type) {
        SurfaceAnswer answer = new SurfaceAnswer(
                new BedrockSurface().error(ApiError.of(status, "no").withType("other")));

        assertThat(answer.answer().headers().first("x-amzn-errortype")).contains(type);
        assertThat(answer.text()).isEqualTo("{\"message\":\"no\"}");
    }

    private static Asked ask(String json) {
        return Asked.post(Asked.saying("x"), CLAUDE, "converse", json);
    }
}
