package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.testkit.TestTls;
import dev.llmsim.testkit.Tunnel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that demands a certificate of its client, and what TLS tells an upstream of the host that is meant. */
class ClientCertificateWireTest {
    private static final String REQUEST = head("GET /up/x HTTP/1.1", "Host: localhost");
    private static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";
    private static final UpstreamTls OURS = new UpstreamTls(TestTls.CA, TestTls.CLIENT_CERTIFICATE, TestTls.CLIENT_KEY);

    private final Queue<String> shown = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    /** After a failed handshake it reads on, so that its alert is not lost in a reset. */
    private RawUpstream demanding(String protocol) throws Exception {
        return RawUpstream.start(plain -> {
            SSLSocket tls = TestTls.demandingACertificate(plain, protocol);
            try {
                tls.startHandshake();
                shown.add(tls.getSession().getPeerPrincipal().getName());
                RawConnection connection = new RawConnection(tls);
                connection.readMessage();
                connection.send(OK);
                connection.readToEnd();
            } catch (SSLException refused) {
                plain.finish();
                plain.readToEnd();
            }
        });
    }

    private static Gateway gateway(RawUpstream upstream, UpstreamTls tls) {
        return Gateway.recording(
                URI.create("https://127.0.0.1:" + upstream.port()),
                GatewayConfig.at("127.0.0.1", 0).withTls(tls));
    }

    private static RawMessage ask(Gateway gateway) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(REQUEST);
            return client.readMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void itsCertificateIsShownToAnUpstreamThatDemandsOne(String protocol) throws Exception {
        try (RawUpstream upstream = demanding(protocol);
                Gateway gateway = gateway(upstream, OURS)) {
            assertThat(ask(gateway).text()).isEqualTo("ok");
            assertThat(shown).containsExactly("CN=llmsim test client");
        }
    }

    /** In TLS 1.3 the refusal comes after our side of the handshake has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void withoutOneTheRefusalIsExplained(String protocol) throws Exception {
        try (RawUpstream upstream = demanding(protocol);
                Gateway gateway = gateway(upstream, UpstreamTls.trusting(TestTls.CA))) {
            RawMessage got = ask(gateway);
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text())
                    .contains("\"dialect\":\"openai\"")
                    .contains("TLS failed")
                    .contains("--client-cert");
            assertThat(gateway.capture().givenUp).isNotNull();
            assertThat(shown).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedAtTheStart() throws Exception {
        Path key = Files.writeString(folder.resolve("key.pem"), "not a key");
        UpstreamTls broken = new UpstreamTls(null, TestTls.CLIENT_CERTIFICATE, key);
        assertThatThrownBy(() -> Gateway.recording(
                        URI.create("https://upstream.test"),
                        GatewayConfig.at("127.0.0.1", 0).withTls(broken)))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContaining(key.toString())
                .hasMessageContaining("PKCS #8");
    }

    @Test
    void theUpstreamIsToldTheHostNameThatIsMeant() throws Exception {
        Queue<List<String>> names = new ConcurrentLinkedQueue<>();
        try (RawUpstream upstream = RawUpstream.start(TestTls.server("good.p12"), "https", connection -> {
                    names.add(TestTls.askedFor(connection));
                    connection.readMessage();
                    connection.send(OK);
                });
                RawUpstream proxy = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK"));
                    Tunnel.to(upstream.port(), connection);
                });
                Gateway gateway = Gateway.recording(
                        URI.create("https://upstream.test"),
                        GatewayConfig.at("127.0.0.1", 0)
                                .withTls(UpstreamTls.trusting(TestTls.CA))
                                .withProxies(Proxies.of("", "127.0.0.1:" + proxy.port(), "")))) {
            assertThat(ask(gateway).text()).isEqualTo("ok");
            assertThat(names).containsExactly(List.of("upstream.test"));
        }
    }
}
