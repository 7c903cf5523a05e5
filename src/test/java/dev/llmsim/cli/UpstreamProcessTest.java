package dev.llmsim.cli;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on its way to upstreams, with a hosts file of its own: no other name resolves, and nobody is asked. */
class UpstreamProcessTest {
    private static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";

    @TempDir
    private Path folder;

    private final Queue<String> proxied = new ConcurrentLinkedQueue<>();
    private List<String> javaOptions = List.of();

    @BeforeEach
    void names() throws IOException {
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 upstream.test\n127.0.0.1 api.other.test\n127.0.0.1 far.test\n127.0.0.1 proxy.test\n");
        javaOptions = List.of("-Djdk.net.hosts.file=" + hosts);
    }

    private Program start(Map<String, String> variables, String... arguments) throws IOException {
        return Program.start(folder, new Program.Setting(javaOptions, variables), arguments);
    }

    private static RawMessage ask(URI gateway, String upstream) throws IOException {
        try (RawConnection client = Program.client(gateway)) {
            client.send(head("GET /" + upstream + "/v1/models HTTP/1.1", "Host: localhost"));
            return client.readMessage();
        }
    }

    private RawUpstream proxy() throws IOException {
        return RawUpstream.start(connection -> {
            RawMessage request = connection.readMessage();
            proxied.add(request.startLine() + " " + request.header("proxy-authorization"));
            connection.send(OK);
        });
    }

    @Test
    void aSecureUpstreamSeesItsNameAndOurCertificate() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (RawUpstream upstream = RawUpstream.start(plain -> {
                    SSLSocket tls = TestTls.demandingACertificate(plain, "TLSv1.3");
                    RawConnection connection = new RawConnection(tls);
                    seen.add(TestTls.askedFor(connection) + " "
                            + tls.getSession().getPeerPrincipal().getName());
                    seen.add(connection.readMessage().header("host"));
                    connection.send(OK);
                });
                Program program = start(
                        Map.of("LLMSIM_CLIENT_KEY", TestTls.CLIENT_KEY.toString()),
                        "record",
                        "--port=0",
                        "--upstream=openai=https://upstream.test:" + upstream.port(),
                        "--ca=" + TestTls.CA,
                        "--client-cert=" + TestTls.CLIENT_CERTIFICATE)) {
            assertThat(ask(program.ready(), "openai").text()).isEqualTo("ok");
            assertThat(seen)
                    .containsExactly("[upstream.test] CN=llmsim test client", "upstream.test:" + upstream.port());
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsRefusedAtTheStart() throws Exception {
        Program.Ended ended =
                Program.run(folder, "passthrough", "--port=0", "--client-cert=" + TestTls.CLIENT_CERTIFICATE);
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("llmsim: client certificate: ").contains("key: null", "both or neither");
    }

    @Test
    void theCustomaryVariablesLeadToTheProxyAndPastIt() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 6") + "direct");
                RawUpstream proxy = proxy()) {
            int port = upstream.port();
            Map<String, String> variables = Map.of(
                    "HTTP_PROXY", "http://u:p@proxy.test:" + proxy.port(),
                    "HTTPS_PROXY", "http://proxy.test:1",
                    "NO_PROXY", "upstream.test,.other.test:" + port);
            try (Program program = start(
                    variables,
                    "passthrough",
                    "--port=0",
                    "--upstream=a=http://upstream.test:" + port,
                    "--upstream=b=http://api.other.test:" + port,
                    "--upstream=c=http://far.test:" + port)) {
                URI gateway = program.ready();
                assertThat(ask(gateway, "a").text()).isEqualTo("direct");
                assertThat(ask(gateway, "b").text()).isEqualTo("direct");
                assertThat(proxied).isEmpty();
                assertThat(ask(gateway, "c").text()).isEqualTo("ok");
                assertThat(proxied).containsExactly("GET http://far.test:" + port + "/v1/models HTTP/1.1 basic dtpw");
            }
        }
    }

    @Test
    void aProxyThatCannotBeUsedIsRefusedAtTheStartWithoutItsPassword() throws Exception {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "socks5://u:pa55word@proxy.test:1");
        try (Program program = start(variables, "passthrough", "--port=0")) {
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err())
                    .startsWith("llmsim: proxy address: ")
                    .contains("http://HOST:PORT", "HTTPS_PROXY")
                    .doesNotContain("pa55word");
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void anUnknownNameIsNamedInTheProvidersEnvelope() throws Exception {
        try (Program program = start(Map.of(), "record", "--port=0", "--upstream=anthropic=https://nowhere.test")) {
            RawMessage got = ask(program.ready(), "anthropic");
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text())
                    .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",")
                    .contains("the name nowhere.test does not resolve");
            program.terminate();
            assertThat(program.end().exitCode()).isZero();
        }
    }

    @Test
    void timeLimitsAreTakenFromOptionsAndNameTheirPhase() throws Exception {
        try (RawUpstream silent = RawUpstream.start(RawConnection::readToEnd);
                Program program = start(
                        Map.of("LLMSIM_CONNECT_TIMEOUT", "200ms"),
                        "passthrough",
                        "--port=0",
                        "--first-byte-timeout=100ms",
                        "--upstream=openai=http://upstream.test:" + silent.port(),
                        "--upstream=anthropic=https://upstream.test:" + silent.port())) {
            URI gateway = program.ready();
            RawMessage plain = ask(gateway, "openai");
            assertThat(plain.startLine()).startsWith("HTTP/1.1 504 ");
            assertThat(plain.text()).contains("\"type\":\"server_error\"", "100 ms passed without an answer");
            RawMessage secure = ask(gateway, "anthropic");
            assertThat(secure.startLine()).startsWith("HTTP/1.1 504 ");
            assertThat(secure.text()).contains("\"type\":\"timeout_error\"", "the TLS handshake", "200ms");
        }
    }

    @Test
    void withoutNativeTransportTheProgramServesTheSame() throws Exception {
        javaOptions = List.of("-Dio.netty.transport.noNative=true", "-Dio.netty.noUnsafe=true");
        try (RawUpstream upstream = RawUpstream.answering(OK);
                Program program =
                        start(Map.of(), "record", "--port=0", "--upstream=openai=" + upstream.uri(), "--store=tape")) {
            assertThat(ask(program.ready(), "openai").text()).isEqualTo("ok");
            program.terminate();
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("llmsim: recorded 1\n");
        }
        try (Program replay = start(Map.of(), "replay", "--port=0", "--store=tape")) {
            RawMessage got = ask(replay.ready(), "openai");
            assertThat(got.text()).isEqualTo("ok");
            assertThat(got.header("x-llmsim-source")).isEqualTo("recorded");
        }
    }
}
