package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.testkit.TestTls;
import dev.llmsim.testkit.Tunnel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ways to an upstream, and the ways in which they fail. */
class ConnectingWireTest {
    private static final String REQUEST = head("GET /up/x HTTP/1.1", "Host: localhost");
    private static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";
    private static final UpstreamTls TRUSTING = UpstreamTls.trusting(TestTls.CA);
    private static final GatewayConfig ANY_PORT = GatewayConfig.at("127.0.0.1", 0);

    private static RawMessage ask(Gateway gateway) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(REQUEST);
            return client.readMessage();
        }
    }

    private static void answer(RawConnection connection) throws Exception {
        connection.readMessage();
        connection.send(OK);
    }

    @Test
    void anUpstreamOfATrustedAuthorityIsReachedOverTls() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(TestTls.server("good.p12"), "https", ConnectingWireTest::answer);
                Gateway gateway = Gateway.recording(upstream.uri(), ANY_PORT.withTls(TRUSTING))) {
            assertThat(ask(gateway).text()).isEqualTo("ok");
        }
    }

    @Test
    void anUpstreamOfAnUnknownAuthorityIsRefused() throws Exception {
        tlsRefused("good.p12", UpstreamTls.DEFAULT);
    }

    @Test
    void anUpstreamWithTheCertificateOfAnotherHostIsRefused() throws Exception {
        tlsRefused("wrong.p12", TRUSTING);
    }

    private static void tlsRefused(String keyStore, UpstreamTls trust) throws Exception {
        try (RawUpstream upstream = RawUpstream.start(TestTls.server(keyStore), "https", ConnectingWireTest::answer);
                Gateway gateway = Gateway.recording(upstream.uri(), ANY_PORT.withTls(trust))) {
            RawMessage got = ask(gateway);
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text()).contains("TLS failed");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    @Test
    void aSecureUpstreamIsReachedThroughConnectAndItsNameIsResolvedByTheProxyAlone() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(TestTls.server("good.p12"), "https", ConnectingWireTest::answer);
                RawUpstream proxy = RawUpstream.start(connection -> {
                    String head = connection.readHead();
                    assertThat(head).startsWith("CONNECT upstream.test:443 HTTP/1.1\r\n");
                    assertThat(RawConnection.header(head, "proxy-authorization"))
                            .isEqualTo("basic djpw");
                    connection.send(head("HTTP/1.1 200 Connection established"));
                    Tunnel.to(upstream.port(), connection);
                });
                Gateway gateway = Gateway.recording(
                        URI.create("https://upstream.test"),
                        ANY_PORT.withTls(TRUSTING)
                                .withProxies(Proxies.of("", "http://v:p@127.0.0.1:" + proxy.port(), "")))) {
            assertThat(ask(gateway).text()).isEqualTo("ok");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void aProxyThatRefusesConnectIs502() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 407 Proxy Authentication Required", "Content-Length: 0"));
                });
                Gateway gateway = Gateway.recording(
                        URI.create("https://upstream.test"),
                        ANY_PORT.withProxies(Proxies.of("", "127.0.0.1:" + proxy.port(), "")))) {
            RawMessage got = ask(gateway);
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text()).contains("refused CONNECT");
        }
    }

    @Test
    void aPlainUpstreamIsAskedOfTheProxyInAbsoluteForm() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(connection -> {
                    RawMessage request = connection.readMessage();
                    assertThat(request.startLine()).isEqualTo("GET http://upstream.test:81/x HTTP/1.1");
                    assertThat(request.header("host")).isEqualTo("upstream.test:81");
                    connection.send(OK);
                });
                Gateway gateway = Gateway.recording(
                        URI.create("http://upstream.test:81"),
                        ANY_PORT.withProxies(Proxies.of("http://127.0.0.1:" + proxy.port(), "", "other.test")))) {
            assertThat(ask(gateway).text()).isEqualTo("ok");
        }
    }

    @Test
    void aClosedPortIs502InTheProvidersEnvelope() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Gateway gateway = Gateway.recording(URI.create("http://127.0.0.1:" + port))) {
            RawMessage got = ask(gateway);
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text()).contains("\"dialect\":\"openai\"").contains("cannot connect to");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (RawUpstream holder = RawUpstream.answering(OK)) {
            assertThatThrownBy(() -> Gateway.recording(holder.uri(), GatewayConfig.at("127.0.0.1", holder.port())))
                    .isInstanceOfSatisfying(
                            LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_IN_USE))
                    .hasMessageContaining("127.0.0.1:" + holder.port())
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void closingLetsAnOpenStreamFinish() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("a"));
                    closing.await(30, TimeUnit.SECONDS);
                    connection.send(chunk("b") + "0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client();
                RawConnection idle = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("a");
            Thread closer = new Thread(() -> gateway.server.close(Duration.ofSeconds(30)));
            closer.start();
            assertThat(idle.readToFin()).isEmpty();
            closing.countDown();
            assertThat(client.readChunk()).isEqualTo("b");
            assertThat(client.readToFin()).isEqualTo("0\r\n\r\n");
            closer.join();
        }
    }

    @Test
    void closingCutsAStreamThatDoesNotEnd() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("a"));
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            client.readChunk();
            gateway.server.close(Duration.ZERO);
            assertThat(client.readToEnd().text()).isEmpty();
            assertThat(gateway.capture().givenUp).contains("stopped");
        }
    }

    @Test
    void fiveHundredStreamsRunAtOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(500);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("a"));
                    all.countDown();
                    all.await();
                    connection.send(chunk("b") + "0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            List<RawConnection> clients = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                RawConnection client = gateway.client();
                client.send(REQUEST);
                clients.add(client);
            }
            for (RawConnection client : clients) {
                assertThat(client.readMessage().text()).isEqualTo("ab");
                client.close();
            }
            await().until(() -> gateway.lines.size() == 500);
            assertThat(gateway.captures.all)
                    .allMatch(kept -> kept.responseText().equals("ab"));
        }
    }
}
