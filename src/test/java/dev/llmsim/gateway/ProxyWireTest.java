package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.testkit.TestTls;
import dev.llmsim.testkit.Tunnel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies on the way to an upstream: how they are reached, what they are told, and how they fail. */
class ProxyWireTest {
    private static final String REQUEST = head("GET /up/x HTTP/1.1", "Host: localhost");
    private static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";
    private static final String CONNECTED = head("HTTP/1.1 200 Connection established");
    private static final URI SECURE = URI.create("https://upstream.test");
    private static final URI PLAIN = URI.create("http://upstream.test");
    private static final int CLOSED_PORT = 1;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** As it stands in a URL, and what it means. */
    private static final String CREDENTIALS = "us%20er:p%3Aw%40rd%2F+%C3%A4";

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("us er:p:w@rd/+ä".getBytes(StandardCharsets.UTF_8));

    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    private static RawMessage ask(Gateway gateway, String request) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(request);
            return client.readMessage();
        }
    }

    private static GatewayConfig through(String proxy) {
        return GatewayConfig.at("127.0.0.1", 0)
                .withTls(UpstreamTls.trusting(TestTls.CA))
                .withProxies(Proxies.of(proxy, proxy, ""));
    }

    private static RawUpstream secureUpstream() throws Exception {
        return RawUpstream.start(TestTls.server("good.p12"), "https", connection -> {
            connection.readMessage();
            connection.send(OK);
        });
    }

    private RawUpstream.Script tunnelling(RawUpstream upstream) {
        return connection -> {
            heads.add(connection.readHead());
            connection.send(CONNECTED);
            Tunnel.to(upstream.port(), connection);
        };
    }

    private RawUpstream.Script forwarding() {
        return connection -> {
            heads.add(connection.readMessage().head());
            connection.send(OK);
        };
    }

    private String head0() {
        assertThat(heads).hasSize(1);
        return heads.element();
    }

    @Test
    void credentialsOfTheProxysUrlGoWithConnect() throws Exception {
        try (RawUpstream upstream = secureUpstream();
                RawUpstream proxy = RawUpstream.start(tunnelling(upstream));
                Gateway gateway =
                        Gateway.recording(SECURE, through("http://" + CREDENTIALS + "@127.0.0.1:" + proxy.port()))) {
            assertThat(ask(gateway, REQUEST).text()).isEqualTo("ok");
            assertThat(head0()).startsWith("CONNECT upstream.test:443 HTTP/1.1\r\n");
            assertThat(Gateway.lines(head0(), "proxy-authorization")).containsExactly("proxy-authorization: " + BASIC);
        }
    }

    @Test
    void credentialsOfTheProxysUrlGoWithAPlainRequestAndThoseOfTheClientStayHere() throws Exception {
        String request = head(
                "GET /up/x HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer k",
                "Proxy-Authorization: Basic dGhlaXJz");
        try (RawUpstream proxy = RawUpstream.start(forwarding());
                Gateway gateway =
                        Gateway.recording(PLAIN, through("http://" + CREDENTIALS + "@127.0.0.1:" + proxy.port()))) {
            assertThat(ask(gateway, request).text()).isEqualTo("ok");
            assertThat(head0()).startsWith("GET http://upstream.test/x HTTP/1.1\r\n");
            assertThat(Gateway.lines(head0(), "proxy-authorization")).containsExactly("proxy-authorization: " + BASIC);
            assertThat(Gateway.lines(head0(), "authorization")).containsExactly("Authorization: Bearer k");
            assertThat(gateway.capture().request.headers().first("proxy-authorization"))
                    .as("what the recorder has to know to keep its echoes off the tape")
                    .contains("Basic dGhlaXJz");
        }
    }

    @Test
    void withoutCredentialsNoneAreSent() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(forwarding());
                Gateway gateway = Gateway.recording(PLAIN, through("127.0.0.1:" + proxy.port()))) {
            assertThat(ask(gateway, REQUEST).text()).isEqualTo("ok");
            assertThat(Gateway.lines(head0(), "proxy-authorization")).isEmpty();
        }
    }

    @Test
    void aProxyIsSpokenToOverTlsAndTheUpstreamInsideOfThat() throws Exception {
        try (RawUpstream upstream = secureUpstream();
                RawUpstream proxy = RawUpstream.start(TestTls.server("good.p12"), "https", tunnelling(upstream));
                Gateway gateway = Gateway.recording(SECURE, through("https://u:p@127.0.0.1:" + proxy.port()))) {
            assertThat(ask(gateway, REQUEST).text()).isEqualTo("ok");
            assertThat(head0()).startsWith("CONNECT upstream.test:443 HTTP/1.1\r\n");
            assertThat(Gateway.lines(head0(), "proxy-authorization"))
                    .containsExactly("proxy-authorization: Basic dTpw");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPlainUpstreamIsAskedOfTheProxyOverTls() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(TestTls.server("good.p12"), "https", forwarding());
                Gateway gateway = Gateway.recording(PLAIN, through("https://127.0.0.1:" + proxy.port()))) {
            assertThat(ask(gateway, REQUEST).text()).isEqualTo("ok");
            assertThat(head0()).startsWith("GET http://upstream.test/x HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://upstream.test", "http://upstream.test"})
    void aProxyWithTheCertificateOfAnotherHostIsTrustedWithNothing(String base) throws Exception {
        try (RawUpstream proxy = RawUpstream.start(TestTls.server("wrong.p12"), "https", forwarding());
                Gateway gateway =
                        Gateway.recording(URI.create(base), through("https://u:p@127.0.0.1:" + proxy.port()))) {
            refused(gateway, 502, "TLS with the proxy https://127.0.0.1:" + proxy.port() + " failed");
            assertThat(heads).isEmpty();
        }
    }

    private static void refused(Gateway gateway, int status, String... said) throws Exception {
        RawMessage got = ask(gateway, REQUEST);
        assertThat(got.startLine()).startsWith("HTTP/1.1 " + status + " ");
        assertThat(got.text()).contains("\"dialect\":\"openai\"").contains(said);
        assertThat(gateway.capture().givenUp).isNotNull();
    }

    @Test
    void aProxyThatHangsUpInsteadOfConnectingIsNamed() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(connection -> heads.add(connection.readHead()));
                Gateway gateway = Gateway.recording(SECURE, through("http://127.0.0.1:" + proxy.port()))) {
            refused(gateway, 502, "the proxy http://127.0.0.1:" + proxy.port() + " closed the connection");
        }
    }

    @Test
    void aProxyThatWantsCredentialsIsNamed() throws Exception {
        try (RawUpstream proxy =
                        RawUpstream.answering(head("HTTP/1.1 407 Proxy Authentication Required", "Content-Length: 0"));
                Gateway gateway = Gateway.recording(SECURE, through("http://u:s3cret@127.0.0.1:" + proxy.port()))) {
            refused(gateway, 502, "refused CONNECT", "407", "HTTPS_PROXY");
            assertThat(gateway.capture().givenUp).doesNotContain("s3cret");
        }
    }

    @Test
    void aProxyThatWantsCredentialsForAPlainRequestIsNamedAndNotRecorded() throws Exception {
        String wanted =
                head("HTTP/1.1 407 Proxy Authentication Required", "Proxy-Authenticate: Basic", "Content-Length: 4");
        try (RawUpstream proxy = RawUpstream.answering(wanted + "mine");
                Gateway gateway = Gateway.recording(PLAIN, through("127.0.0.1:" + proxy.port()))) {
            refused(gateway, 502, "the proxy http://127.0.0.1:" + proxy.port() + " wants credentials", "HTTP_PROXY");
            assertThat(gateway.capture().head).isNull();
        }
    }

    /** The handshake with the upstream has not begun: its limit, which is shorter here, is not the one that was passed. */
    @Test
    void aProxyThatDoesNotAnswerConnectIsNamed() throws Exception {
        Timeouts limits = Timeouts.DEFAULT.withConnect(SHORT).withHandshake(SHORT.dividedBy(4));
        try (RawUpstream proxy = RawUpstream.start(RawConnection::readToEnd);
                Gateway gateway = Gateway.recording(
                        SECURE, through("http://127.0.0.1:" + proxy.port()).withTimeouts(limits))) {
            refused(gateway, 504, "the proxy http://127.0.0.1:" + proxy.port() + " did not answer CONNECT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://upstream.test", "http://upstream.test"})
    void aProxyThatDoesNotShakeHandsIsNamed(String base) throws Exception {
        Timeouts limits = Timeouts.DEFAULT.withConnect(LONG).withHandshake(SHORT);
        try (RawUpstream proxy = RawUpstream.start(RawConnection::readToEnd);
                Gateway gateway = Gateway.recording(
                        URI.create(base),
                        through("https://127.0.0.1:" + proxy.port()).withTimeouts(limits))) {
            refused(gateway, 504, "the TLS handshake with the proxy https://127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void anExceptionByAddressIsReachedDirectly() throws Exception {
        List<String> exceptions = List.of("0.0.0.0", "other.test, 0.0.0.0", "*", "0.0.0.0:" + CLOSED_PORT);
        for (String exception : exceptions) {
            exceptBy(exception, true);
        }
        for (String exception : List.of("", "other.test", "0.0.0.0:2", "0.0.0")) {
            exceptBy(exception, false);
        }
    }

    /** 0.0.0.0 is not a loopback address, to which no proxy ever leads; nobody listens there on this port. */
    private void exceptBy(String exceptions, boolean direct) throws Exception {
        heads.clear();
        try (RawUpstream proxy = RawUpstream.start(forwarding());
                Gateway gateway = Gateway.recording(
                        URI.create("http://0.0.0.0:" + CLOSED_PORT),
                        GatewayConfig.at("127.0.0.1", 0)
                                .withProxies(Proxies.of("127.0.0.1:" + proxy.port(), "", exceptions)))) {
            assertThat(ask(gateway, REQUEST).text())
                    .as(exceptions)
                    .contains(direct ? "cannot connect to http://0.0.0.0:" + CLOSED_PORT : "ok");
            assertThat(proxy.connections()).as(exceptions).isEqualTo(direct ? 0 : 1);
        }
    }
}
