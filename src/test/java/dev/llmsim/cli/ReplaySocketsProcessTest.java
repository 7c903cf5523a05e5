package dev.llmsim.cli;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says about a replaying process: every socket it has is the listening one or a client's. */
class ReplaySocketsProcessTest {
    private static final String SHIPPED = Path.of("cassettes").toAbsolutePath().toString();
    private static final String MEXICO = "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":"
            + "{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":"
            + "\"What is the capital of Mexico?\"}]}";

    @TempDir
    private Path folder;

    private static String post(String target, String body) {
        return head(
                        "POST " + target + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
    }

    private static RawMessage ask(RawConnection client, String request) throws Exception {
        client.send(request);
        return client.readMessage();
    }

    /** The local ports of {@code clients} are the remote ports of the process's connections, and there are no others. */
    private static void assertOnlySockets(Program program, int listening, List<RawConnection> clients)
            throws Exception {
        List<String> expected = new ArrayList<>(List.of("listen " + listening));
        for (RawConnection client : clients) {
            expected.add(listening + " - " + client.socket().getLocalPort());
        }
        assertThat(KernelSockets.of(program.pid())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void hitsAndMissesOpenNoSocket() throws Exception {
        try (RawUpstream tripwire = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 0"))) {
            String address = "http://127.0.0.1:" + tripwire.port();
            Map<String, String> variables = Map.of("HTTP_PROXY", address, "HTTPS_PROXY", address);
            try (Program program = Program.start(
                            folder,
                            variables,
                            "replay",
                            SHIPPED,
                            "--port=0",
                            "--pace=instant",
                            "--strict",
                            "--upstream=mine=" + address);
                    Clients clients = new Clients(program.ready())) {
                RawConnection first = clients.add();
                RawConnection second = clients.add();
                for (int i = 0; i < 5; i++) {
                    RawMessage hit = ask(first, post("/openai/v1/chat/completions", MEXICO));
                    assertThat(hit.header("x-llmsim-source")).isEqualTo("recorded");
                    assertOnlySockets(program, clients.port(), clients.all);
                    for (String path : List.of("/openai/v1/chat/completions", "/anthropic/v1/messages", "/mine/x")) {
                        RawMessage miss = ask(second, post(path, "{\"model\":\"never-" + i + "\"}"));
                        assertThat(miss.startLine()).startsWith("HTTP/1.1 424 ");
                        assertOnlySockets(program, clients.port(), clients.all);
                    }
                }
                assertThat(tripwire.connections()).isZero();
            }
        }
    }

    /** What is looked at shows an upstream's connection where there is one. */
    @Test
    void aForwardingProcessIsSeenToHaveMore() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
                    connection.readToEnd();
                });
                Program program =
                        Program.start(folder, "passthrough", "--port=0", "--upstream=mine=" + upstream.uri());
                Clients clients = new Clients(program.ready())) {
            RawConnection client = clients.add();
            client.send(post("/mine/x", "{}"));
            client.readHead();
            assertThat(KernelSockets.of(program.pid()))
                    .hasSize(3)
                    .contains("listen " + clients.port())
                    .anyMatch(socket -> socket.endsWith(" - " + upstream.port()));
        }
    }

    private static final class Clients implements AutoCloseable {
        final List<RawConnection> all = new ArrayList<>();
        private final URI gateway;

        Clients(URI gateway) {
            this.gateway = gateway;
        }

        int port() {
            return gateway.getPort();
        }

        RawConnection add() throws Exception {
            RawConnection client = Program.client(gateway);
            all.add(client);
            return client;
        }

        @Override
        public void close() throws IOException {
            for (RawConnection client : all) {
                client.close();
            }
        }
    }
}
