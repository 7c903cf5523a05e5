package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are well-formed and made to cost: each is answered, in the provider's words, at the price of a common one. */
class HostileRequestsTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        "a pattern that backtracks",
                        CHAT,
                        schema("string", "\"pattern\":\"^(?:a{2000}|a).*.*.*.*.*\\\\bb$\"")),
                Arguments.of(
                        "a pattern that nests",
                        CHAT,
                        schema("string", "\"pattern\":\"" + "(.*)*".repeat(2_000) + "\"")),
                Arguments.of("a bound beyond all numbers", CHAT, schema("number", "\"maximum\":1e999999999")),
                Arguments.of(
                        "many long strings",
                        CHAT,
                        schema("array", "\"minItems\":45000,\"items\":{\"type\":\"string\",\"minLength\":1000000}")),
                Arguments.of(
                        "a word without end",
                        CHAT,
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(4_000_000)
                                + "\"}]}"));
    }

    static Stream<Arguments> floods() {
        String completions = "/openai/v1/completions";
        return Stream.of(
                Arguments.of(
                        "messages",
                        CHAT,
                        "{\"model\":\"gpt-4o\",\"messages\":["
                                + many("{\"role\":\"user\",\"content\":\"x\"}", 1_000_000) + "]}"),
                Arguments.of("brackets", CHAT, "[" + many("[]", 5_000_000) + "]"),
                Arguments.of(
                        "prompts",
                        completions,
                        "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":[" + many("\"x\"", 2_049) + "]}"),
                Arguments.of(
                        "choices",
                        completions,
                        "{\"model\":\"gpt-3.5-turbo-instruct\",\"max_tokens\":4000,\"n\":128,\"prompt\":["
                                + many("\"x\"", 2_048) + "]}"),
                Arguments.of("moderations", "/openai/v1/moderations", "{\"input\":[" + many("\"x\"", 100_000) + "]}"),
                Arguments.of(
                        "embeddings",
                        "/ollama/api/embed",
                        "{\"model\":\"nomic-embed-text\",\"input\":[" + many("\"x\"", 100_000) + "]}"));
    }

    /** None of them has an answer that fits into a common heap. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void areRefused(String what, String path, String body) throws Exception {
        assertThat(ask(path, body).statusCode()).isEqualTo(400);
    }

    private static String many(String element, int times) {
        return element + ("," + element).repeat(times - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void areAnswered(String what, String path, String body) throws Exception {
        HttpResponse<String> answer = ask(path, body);

        assertThat(answer.statusCode()).as("%s: %.300s", what, answer.body()).isBetween(200, 499);
    }

    /** A picture of 16 MB is 21 million characters in one text, and less than any provider's limit for a request. */
    @Test
    void aLargePictureIsRead() throws Exception {
        byte[] picture = new byte[16 << 20];
        byte[] head = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61");
        System.arraycopy(head, 0, picture, 0, head.length);
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);

        HttpResponse<String> answer = ask(
                CHAT,
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                        + url + "\"}}]}]}");

        assertThat(answer.statusCode()).as("%.300s", answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> ask(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.address() + path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String schema(String type, String keywords) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                + "{\"name\":\"a\",\"schema\":{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\""
                + type + "\"," + keywords + "}}}}}}";
    }
}
