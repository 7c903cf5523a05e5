package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own pages and answers. */
class RoutingWireTest {
    private RawUpstream upstream;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
        gateway = Gateway.recording(
                upstream.uri(), GatewayConfig.at("127.0.0.1", 0).withVersion("9.8.7"));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    private RawMessage ask(String... lines) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(head(lines));
            return client.readMessage();
        }
    }

    @Test
    void anUnknownPrefixIs404AndListsThePrefixes() throws Exception {
        RawMessage got = ask("GET /unknown/v1?key=secret HTTP/1.1", "Host: localhost");
        assertThat(got.startLine()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(got.text()).contains("/unknown/v1 ").contains("up, nowhere").doesNotContain("secret");
        assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
        assertThat(gateway.line().path()).isEqualTo("/unknown/v1");
        assertThat(gateway.line().upstream()).isEmpty();
    }

    @Test
    void theConnectionSurvivesARefusalWithABody() throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(head("POST /unknown/ HTTP/1.1", "Host: localhost", "Content-Length: 5") + "hello");
            assertThat(client.readMessage().startLine()).startsWith("HTTP/1.1 404");
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            assertThat(client.readMessage().text()).isEqualTo("ok");
        }
    }

    @Test
    void anUpstreamWithoutUrlIsExplained() throws Exception {
        RawMessage got = ask("GET /nowhere/x HTTP/1.1", "Host: localhost");
        assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
        assertThat(got.text()).contains("--upstream nowhere=").contains("\"dialect\":\"bedrock\"");
    }

    @Test
    void healthNamesVersionAndMode() throws Exception {
        RawMessage got = ask("GET /health HTTP/1.1", "Host: anything.example");
        assertThat(got.text())
                .isEqualTo("{\"status\":\"ok\",\"service\":\"llmsim\",\"version\":\"9.8.7\",\"mode\":\"record\"}");
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
    }

    @Test
    void headOfAPageHasNoBody() throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(head("HEAD /health HTTP/1.1", "Host: localhost", "Connection: close"));
            assertThat(client.readHead()).contains("content-length: 68\r\n");
            assertThat(client.readToFin()).isEmpty();
        }
    }

    @Test
    void statsCountWhatHappened() throws Exception {
        ask("GET /up/ HTTP/1.1", "Host: localhost");
        await().until(() -> gateway.counters.count(Counter.OPEN_EXCHANGES) == 0);
        RawMessage got = ask("GET /llmsim/stats HTTP/1.1", "Host: localhost:8080");
        assertThat(got.startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(got.text())
                .contains("\"requests\":2")
                .contains("\"forwarded\":1")
                .contains("\"open_exchanges\":1")
                .contains("\"body_bytes\":2");
    }

    @Test
    void onlyGetAsksForAPage() throws Exception {
        assertThat(ask("POST /llmsim/stats HTTP/1.1", "Host: localhost", "Content-Length: 0")
                        .head())
                .startsWith("HTTP/1.1 405 ")
                .contains("allow: GET, HEAD");
        assertThat(ask("GET /llmsim/other HTTP/1.1", "Host: localhost").startLine())
                .startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080"})
    void aReboundNameDoesNotSeeOurPages(String host) throws Exception {
        RawMessage got = ask("GET /llmsim/stats HTTP/1.1", "Host: " + host);
        assertThat(got.startLine()).startsWith("HTTP/1.1 403 ");
        assertThat(got.text()).contains("expected: localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "10.1.2.3"})
    void addressesAndLocalhostSeeOurPages(String host) throws Exception {
        assertThat(ask("GET /llmsim/stats HTTP/1.1", "Host: " + host).startLine())
                .isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void preflightsAreAnsweredHere() throws Exception {
        RawMessage got = ask(
                "OPTIONS /up/v1/chat/completions HTTP/1.1",
                "Host: localhost",
                "Origin: http://page.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type",
                "Access-Control-Request-Private-Network: true");
        assertThat(got.startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(got.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(got.header("access-control-allow-methods")).isEqualTo("post");
        assertThat(got.header("access-control-allow-headers")).isEqualTo("authorization,content-type");
        assertThat(got.header("access-control-allow-private-network")).isEqualTo("true");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void otherOptionsRequestsAreForwarded() throws Exception {
        assertThat(ask("OPTIONS /up/v1 HTTP/1.1", "Host: localhost").text()).isEqualTo("ok");
    }

    @Test
    void forwardedAnswersCarryUpstreamsPermissionsOnly() throws Exception {
        RawMessage got = ask("GET /up/ HTTP/1.1", "Host: localhost", "Origin: http://page.example");
        assertThat(got.headerLines()).containsExactly("Content-Length: 2", "x-llmsim-source: upstream");
    }

    @Test
    void aPageMayReadOurOwnErrors() throws Exception {
        RawMessage got = ask("GET /nowhere/ HTTP/1.1", "Host: localhost", "Origin: http://page.example");
        assertThat(got.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void aPageMayNotReadOurPages() throws Exception {
        for (String target : new String[] {"/llmsim/stats", "/llmsim/other", "/llmsim"}) {
            RawMessage got = ask("GET " + target + " HTTP/1.1", "Host: localhost", "Origin: http://page.example");
            assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
            assertThat(Gateway.lines(got.head(), "access-control-allow-origin")).isEmpty();
        }
        RawMessage preflight = ask(
                "OPTIONS /llmsim/stats HTTP/1.1",
                "Host: localhost",
                "Origin: http://page.example",
                "Access-Control-Request-Method: GET");
        assertThat(Gateway.lines(preflight.head(), "access-control-allow-origin"))
                .isEmpty();
    }
}
