package dev.llmsim.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, OPENAI, openai-chat",
        "POST, /chat/completions, OPENAI, openai-chat",
        "POST, /api/paas/v4/chat/completions, OPENAI, openai-chat",
        "POST, /openai/deployments/d/chat/completions?api-version=1, OPENAI, openai-chat",
        "POST, /v1beta/openai/chat/completions, OPENAI, openai-chat",
        "POST, /v1/completions, OPENAI, openai-completions",
        "POST, /v1/responses, OPENAI, openai-responses",
        "POST, /responses, OPENAI, openai-responses",
        "POST, /v1/embeddings, OPENAI, openai-embeddings",
        "POST, /v1/audio/speech, OPENAI, openai-audio-speech",
        "GET, /v1/chat/completions/chatcmpl-1/messages, OPENAI, openai-chat-messages",
        "GET, /v1/responses/resp_1, OPENAI, openai-responses-stored",
        "POST, /v1/messages?beta=true, ANTHROPIC, anthropic-messages",
        "POST, /messages, ANTHROPIC, anthropic-messages",
        "POST, /api/v1/messages, ANTHROPIC, anthropic-messages",
        "POST, /anthropic/v1/messages, ANTHROPIC, anthropic-messages",
        "POST, /v1/messages/count_tokens, ANTHROPIC, anthropic-count-tokens",
        "POST, /v1beta/models/gemini-2.5-pro:generateContent, GEMINI, gemini-generate-content",
        "POST, /v1beta/models/g%3AstreamGenerateContent?alt=sse, GEMINI, gemini-stream-generate-content",
        "POST, /v1/projects/p/locations/l/publishers/google/models/g:countTokens, GEMINI, gemini-count-tokens",
        "POST, /model/us.amazon.nova%3A0/converse, BEDROCK, bedrock-converse",
        "POST, /model/arn%3Aaws%2Fx/converse-stream, BEDROCK, bedrock-converse-stream",
        "POST, /model/m/invoke, BEDROCK, bedrock-invoke",
        "POST, /v2/chat, COHERE, cohere-chat",
        "POST, /api/chat, OLLAMA, ollama-chat",
        "POST, /api/embeddings, OLLAMA, ollama-embeddings",
        "GET, /api/tags, OLLAMA, ollama-tags"
    })
    void isToldByThePathWhateverTheUpstream(String method, String target, Dialect dialect, String id) {
        assertThat(Operation.of(request(method, target), Dialect.RAW)).isEqualTo(new Operation(dialect, id));
        assertThat(Operation.of(request(method, target), Dialect.COHERE)).isEqualTo(new Operation(dialect, id));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/models, openrouter-x-get-v1-models",
        "POST, /v1/threads/t_1/messages, openrouter-x-post-v1-threads-t-1-messages",
        "POST, /chat, openrouter-x-post-chat",
        "POST, /survey/responses, openrouter-x-post-survey-responses",
        "DELETE, /, openrouter-x-delete",
        "GET, /%C3%A4//b/, openrouter-x-get-c3-a4-b"
    })
    void isDescribedWhereThePathDoesNotTell(String method, String target, String id) {
        assertThat(Operation.of(request(method, target), Dialect.GEMINI)).isEqualTo(new Operation(Dialect.GEMINI, id));
        assertThat(Operation.byPath(method, target)).isEqualTo(new Operation(Dialect.RAW, "other"));
    }

    @Test
    void keepsIdsShortAndPlain() {
        String id = Operation.of(request("POST", "/" + "Ab_".repeat(100)), Dialect.RAW)
                .id();

        assertThat(id).hasSizeLessThanOrEqualTo(64).matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    @Test
    void describesAnOriginToo() {
        Request request = new Request("https://api.example.com:8443", "GET", "/x", Headers.EMPTY, Bytes.EMPTY);

        assertThat(Operation.of(request, Dialect.RAW).id()).isEqualTo("https-api-example-com-8443-get-x");
    }

    @Test
    void keepsOnlyHeadersThatChangeTheAnswer() {
        Headers sent = Headers.of(
                "Authorization", "Bearer x",
                "Anthropic-Beta", "b, a",
                "user-agent", "ua",
                "anthropic-beta", "c",
                "x-stainless-retry-count", "1",
                "idempotency-key", "1",
                "traceparent", "1",
                "OpenAI-Beta", "assistants=v2",
                "accept", "*/*");

        assertThat(Operation.matchHeaders(sent))
                .isEqualTo(Headers.of("Anthropic-Beta", "b, a", "anthropic-beta", "c", "OpenAI-Beta", "assistants=v2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""})
    void leavesOutAContentTypeThatSaysNoMoreThanJson(String contentType) {
        assertThat(Operation.matchHeaders(Headers.of("content-type", contentType)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-16", "multipart/form-data; boundary=x", "audio/wav"})
    void keepsAnyOtherContentType(String contentType) {
        Headers headers = Headers.of("content-type", contentType);

        assertThat(Operation.matchHeaders(headers)).isEqualTo(headers);
    }

    @Test
    void leavesUnknownHeadersUnknown() {
        assertThat(Operation.matchHeaders(Headers.UNKNOWN)).isSameAs(Headers.UNKNOWN);
    }

    private static Request request(String method, String target) {
        return new Request("openrouter_x", method, target, Headers.EMPTY, Bytes.EMPTY);
    }
}
