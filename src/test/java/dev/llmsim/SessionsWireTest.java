package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.gateway.RequestLog;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions as they look on the wire: how a request names one, and the pages that make, show and forget them. */
class SessionsWireTest {
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";
    private static final String SESSIONS = "/llmsim/sessions";
    private static final List<RequestLog.Line> LINES = new CopyOnWriteArrayList<>();

    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE)
                .latency(Latency.INSTANT)
                .seed(1)
                .onRequest(LINES::add)
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static RawMessage ask(URI address, String line, String body, String... headers) throws Exception {
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        }
        try (RawConnection client = RawConnection.to(new InetSocketAddress(address.getHost(), address.getPort()))) {
            client.send(head(lines.toArray(String[]::new)) + body);
            return client.readMessage();
        }
    }

    private static RawMessage ask(String line, String body, String... headers) throws Exception {
        return ask(gateway.address(), line, body, headers);
    }

    private static JsonNode json(RawMessage answer) throws Exception {
        return Conversation.JSON.readTree(answer.text());
    }

    private static JsonNode shown(String id) throws Exception {
        return json(ask("GET " + SESSIONS + "/" + id, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "POST /openai/v1/chat/completions, x-llmsim-session: by-header",
        "POST /s/by-path/openai/v1/chat/completions, accept: any",
        "POST /openai/v1/chat/completions, authorization: Bearer llmsim-by-bearer",
        "POST /openai/v1/chat/completions, api-key: llmsim-by-azure-key",
        "POST /openai/v1/chat/completions?key=llmsim-by-query, accept: any",
        "POST /s/loses/openai/v1/chat/completions, x-llmsim-session: by-header-first",
        "POST /s/by-path-first/openai/v1/chat/completions, authorization: Bearer llmsim-loses",
    })
    void aRequestNamesItsSession(String line, String header) throws Exception {
        String id = (line + " " + header).replaceAll(".*\\b(by-[a-z-]+).*", "$1");
        RawMessage answer = ask(line, CHAT, header);

        assertThat(answer.startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.header("x-llmsim-session")).isEqualTo(id);
        assertThat(answer.header("x-llmsim-source")).isEqualTo("synthetic");
        await().until(() -> shown(id).at("/requests/synthetic").asInt() == 1);
        assertThat(shown(id).get("calls").asInt()).isEqualTo(1);
        assertThat(shown(id).get("open").asInt()).isZero();
        assertThat(LINES).anyMatch(logged -> logged.session().orElse("").equals(id));
        assertThat(ask("GET " + SESSIONS + "/loses", "").startLine()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void theDefaultSessionIsNotNamed() throws Exception {
        assertThat(ask("POST /openai/v1/chat/completions", CHAT).head()).doesNotContain("x-llmsim-session");
        assertThat(ask("POST /s/default/openai/v1/chat/completions", CHAT).head())
                .doesNotContain("x-llmsim-session");
    }

    @Test
    void theNextRequestOnAConnectionIsNotInTheSessionOfTheLast() throws Exception {
        try (RawConnection client = RawConnection.to(new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort()))) {
            client.send(head("GET /s/first/openai/v1/models HTTP/1.1", "Host: localhost")
                    + head("GET /openai/v1/models HTTP/1.1", "Host: localhost")
                    + head("GET /s/third/openai/v1/nothing HTTP/1.1", "Host: localhost"));
            assertThat(client.readMessage().header("x-llmsim-session")).isEqualTo("first");
            assertThat(client.readMessage().header("x-llmsim-session")).isEmpty();
            assertThat(client.readMessage().header("x-llmsim-session")).isEqualTo("third");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/s/a%20b/openai/v1/models",
                "/s/%2e%2e/openai/v1/models",
                "/s/../openai/v1/models",
                "/s/a;b/openai/v1/models",
                "/s/\"><script>/openai/v1/models",
                "/openai/v1/models?key=llmsim-a%0d%0aX:1",
                "/openai/v1/models?key=llmsim-",
            })
    void anIdThatIsNoneIsRefusedInTheProvidersEnvelope(String target) throws Exception {
        RawMessage answer = ask("GET " + target, "");

        assertThat(answer.startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(answer.header("x-llmsim-session")).isEmpty();
        assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(json(answer).at("/error/message").asText()).contains("session in the ", "letters, digits");
    }

    @Test
    void aHostileHeaderIsRefusedAndEachProviderSaysSoInItsWords() throws Exception {
        String header = "x-llmsim-session: ";

        assertThat(json(ask("GET /anthropic/v1/models", "", header + "a b"))
                        .at("/error/type")
                        .asText())
                .isEqualTo("invalid_request_error");
        assertThat(json(ask("GET /gemini/v1beta/models", "", header + "x".repeat(129)))
                        .at("/error/status")
                        .asText())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(ask("GET /openai/v1/models", "", header + "a", header + "b").startLine())
                .startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET /openai/v1/models", "", header).startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET /openai/v1/models", "", header + "x".repeat(128)).startLine())
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void ourOwnPagesAndUnknownPathsBelongToNoSession() throws Exception {
        assertThat(ask("GET /s/nobody/llmsim/stats", "").startLine()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET /s/nobody/health", "").startLine()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET /s/nobody/unknown/v1", "").startLine()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET /s/nobody", "").startLine()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET " + SESSIONS + "/nobody", "").startLine()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aSessionIsMadeShownListedAndForgotten() throws Exception {
        RawMessage made = ask("POST " + SESSIONS, "{\"id\":\"made\",\"seed\":-42}");
        assertThat(made.startLine()).isEqualTo("HTTP/1.1 201 Created");
        assertThat(made.header("location")).isEqualTo(SESSIONS + "/made");
        assertThat(made.text())
                .startsWith("{\"id\":\"made\",\"seed\":-42,\"open\":0,\"requests\":{},\"calls\":0,\"cursors\":0,"
                        + "\"api_key\":\"llmsim-made\",\"base_paths\":{")
                .contains("\"anthropic\":\"/s/made/anthropic\"");
        assertThat(ask("POST " + SESSIONS, "{\"id\":\"made\"}").startLine()).startsWith("HTTP/1.1 409 ");

        String base = json(made).at("/base_paths/openai").asText();
        assertThat(ask("POST " + base + "/v1/chat/completions", CHAT).header("x-llmsim-session"))
                .isEqualTo("made");
        await().until(() -> shown("made").get("requests").toString().equals("{\"synthetic\":1}"));
        assertThat(json(ask("GET " + SESSIONS, "")).get("sessions").findValuesAsText("id"))
                .contains("default", "made");

        RawMessage gone = ask("DELETE " + SESSIONS + "/made", "");
        assertThat(gone.startLine()).isEqualTo("HTTP/1.1 204 No Content");
        assertThat(ask("DELETE " + SESSIONS + "/made", "").startLine()).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET " + SESSIONS + "/made", "").startLine()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void anIdIsDrawnWhereNoneIsGiven() throws Exception {
        String first = json(ask("POST " + SESSIONS, "{}")).get("id").asText();
        JsonNode second = json(ask("POST " + SESSIONS, ""));

        assertThat(first).matches("[0-9a-f]{16}");
        assertThat(second.get("id").asText()).matches("[0-9a-f]{16}").isNotEqualTo(first);
        assertThat(second.get("seed").asLong())
                .isEqualTo(gateway.session(second.get("id").asText()).seed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\",\"sead\":1}",
                "{\"id\":\"a/b\"}",
                "{\"id\":\"\"}",
                "{\"id\":7}",
                "{\"id\":null}",
                "{\"seed\":\"7\"}",
                "{\"seed\":1.5}",
                "{\"seed\":9223372036854775808}",
                "{\"id\":\"x\",\"id\":\"y\"}",
                "{\"id\":\"x\"} {}",
                "[]",
                "null",
                "{",
            })
    void aWrongBodyIsRefused(String body) throws Exception {
        long before = gatewaySessions();
        RawMessage answer = ask("POST " + SESSIONS, body);

        assertThat(answer.startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(json(answer).at("/error/message").asText()).contains("(expected: ");
        assertThat(gatewaySessions()).isEqualTo(before);
    }

    private static long gatewaySessions() throws Exception {
        return json(ask("GET /llmsim/stats", "")).get("sessions").asLong();
    }

    @Test
    void aLongBodyIsRefused() throws Exception {
        String body = "{\"id\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(ask("POST " + SESSIONS, body).startLine()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void thePagesTakeTheirMethodsAlone() throws Exception {
        RawMessage put = ask("PUT " + SESSIONS, "{}");
        assertThat(put.startLine()).startsWith("HTTP/1.1 405 ");
        assertThat(put.header("allow")).isEqualTo("get, post, head");
        assertThat(ask("POST " + SESSIONS + "/x", "{}").header("allow")).isEqualTo("get, delete, head");
        assertThat(ask("DELETE /llmsim/stats", "").header("allow")).isEqualTo("get, head");
        assertThat(ask("GET /llmsim/nothing", "").text()).contains("/llmsim/stats, /llmsim/sessions");
    }

    @Test
    void aPageOfAnotherOriginMakesNone() throws Exception {
        assertThat(ask("POST " + SESSIONS, "{}", "Origin: https://evil.example").startLine())
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("POST " + SESSIONS, "{}", "Origin: null").startLine()).startsWith("HTTP/1.1 403 ");
        assertThat(ask("POST " + SESSIONS, "{}", "Origin: http://localhost").startLine())
                .startsWith("HTTP/1.1 201 ");
        assertThat(ask("OPTIONS " + SESSIONS, "", "Origin: https://evil.example", "Access-Control-Request-Method: POST")
                        .head())
                .doesNotContain("access-control-allow");
    }

    @Test
    void theDefaultSessionStartsAnewWhereItIsForgotten() throws Exception {
        ask("POST /openai/v1/chat/completions", CHAT);
        await().until(() -> shown("default").get("calls").asInt() > 0);

        assertThat(ask("DELETE " + SESSIONS + "/default", "").startLine()).startsWith("HTTP/1.1 204 ");
        assertThat(shown("default").get("calls").asInt()).isZero();
        assertThat(shown("default").get("seed").asLong()).isEqualTo(1);
    }

    @Test
    void aSessionAnswersAlikeInEveryRunOfOneSeed() throws Exception {
        try (LlmSim again =
                LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start()) {
            String line = "POST /s/named/openai/v1/chat/completions";
            JsonNode one = json(ask(gateway.address(), line, CHAT));
            JsonNode other = json(ask(again.address(), line, CHAT));
            JsonNode elsewhere = json(ask(again.address(), line.replace("named", "renamed"), CHAT));

            assertThat(other.get("id")).isEqualTo(one.get("id")).isNotEqualTo(elsewhere.get("id"));
            assertThat(other.get("choices")).isEqualTo(one.get("choices")).isNotEqualTo(elsewhere.get("choices"));
            ask("DELETE " + SESSIONS + "/named", "");
            assertThat(json(ask(line, CHAT)).get("id")).isEqualTo(one.get("id"));
        }
    }
}
