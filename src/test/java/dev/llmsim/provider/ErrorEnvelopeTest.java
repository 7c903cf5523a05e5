package dev.llmsim.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorEnvelopeTest {
    private static final String MESSAGE = "no \"recording\" \u00fc\n{}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "404, invalid_request_error",
        "413, invalid_request_error",
        "424, invalid_request_error",
        "429, requests",
        "501, server_error",
        "502, server_error",
        "504, server_error"
    })
    void wordsOpenAiErrors(int status, String type) throws IOException {
        JsonNode expected = JSON.createObjectNode()
                .set(
                        "error",
                        JSON.createObjectNode()
                                .put("message", MESSAGE)
                                .put("type", type)
                                .putNull("param")
                                .putNull("code"));

        assertThat(body(Dialect.OPENAI, status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "404, not_found_error",
        "413, request_too_large",
        "424, invalid_request_error",
        "501, api_error",
        "502, api_error",
        "504, timeout_error",
        "529, overloaded_error"
    })
    void wordsAnthropicErrors(int status, String type) throws IOException {
        JsonNode expected = JSON.createObjectNode()
                .put("type", "error")
                .set("error", JSON.createObjectNode().put("type", type).put("message", MESSAGE));

        assertThat(body(Dialect.ANTHROPIC, status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT",
        "404, NOT_FOUND",
        "413, INVALID_ARGUMENT",
        "424, FAILED_PRECONDITION",
        "429, RESOURCE_EXHAUSTED",
        "500, INTERNAL",
        "501, UNIMPLEMENTED",
        "502, UNAVAILABLE",
        "504, DEADLINE_EXCEEDED"
    })
    void wordsGeminiErrors(int status, String name) throws IOException {
        JsonNode expected = JSON.createObjectNode()
                .set(
                        "error",
                        JSON.createObjectNode()
                                .put("code", status)
                                .put("message", MESSAGE)
                                .put("status", name));

        assertThat(body(Dialect.GEMINI, status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException",
        "404, ResourceNotFoundException",
        "413, ValidationException",
        "424, ModelErrorException",
        "429, ThrottlingException",
        "501, InternalServerException",
        "502, ServiceUnavailableException",
        "504, ServiceUnavailableException"
    })
    void namesBedrockErrorsInAHeader(int status, String type) throws IOException {
        assertThat(ErrorEnvelope.render(Dialect.BEDROCK, status, MESSAGE)
                        .headers()
                        .first("x-amzn-errortype"))
                .contains(type);
        assertThat(body(Dialect.BEDROCK, status))
                .isEqualTo(JSON.createObjectNode().put("message", MESSAGE));
    }

    @Test
    void wordsTheFlatOnes() throws IOException {
        assertThat(body(Dialect.COHERE, 424)).isEqualTo(JSON.createObjectNode().put("message", MESSAGE));
        assertThat(body(Dialect.OLLAMA, 424)).isEqualTo(JSON.createObjectNode().put("error", MESSAGE));
        assertThat(body(Dialect.RAW, 424).at("/error/message").asText()).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void isJsonInEveryDialectAndStatus(Dialect dialect) throws IOException {
        for (int status = 400; status < 600; status++) {
            ErrorEnvelope envelope = ErrorEnvelope.render(dialect, status, "broken \ud800 half");

            assertThat(envelope.headers().all("content-type")).containsExactly("application/json");
            assertThat(JSON.readTree(envelope.body().toArray()).isObject()).isTrue();
        }
    }

    static Stream<Dialect> dialects() {
        return Arrays.stream(Dialect.values());
    }

    private static JsonNode body(Dialect dialect, int status) throws IOException {
        return JSON.readTree(
                ErrorEnvelope.render(dialect, status, MESSAGE).body().toArray());
    }
}
