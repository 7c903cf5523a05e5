package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code auto} keeps and answers. */
class AutoWireTest {
    private static final String BODY = "{\"model\":\"m\",\"stream\":true}";
    private static final String LAST = "data: [DONE]\n\n";

    @TempDir
    private Path folder;

    @Test
    void keepsAStreamWhoseClientLeavesAfterTheLastEvent() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    asked.incrementAndGet();
                    connection.send(
                            head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
                                    + chunk("data: {}\n\n" + LAST));
                    connection.readToEnd();
                });
                LlmSim auto = LlmSim.builder(Mode.AUTO)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            assertThat(askAndLeave(auto)).contains("x-llmsim-source: upstream");
            await().until(() -> askAndLeave(auto).contains("x-llmsim-source: recorded"));
            int before = asked.get();
            assertThat(askAndLeave(auto)).contains("x-llmsim-source: recorded").endsWith(LAST);
            assertThat(asked).hasValue(before);
        }
    }

    @Test
    void neverAnswersWithWhatWouldNotReplayAsItWasSent() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(
                            head("HTTP/1.1 200 OK", "Content-Encoding: x-rot", "Content-Length: " + LAST.length())
                                    + LAST);
                });
                LlmSim auto = LlmSim.builder(Mode.AUTO)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            assertThat(askAndLeave(auto)).contains("x-llmsim-source: upstream");
            await().until(() -> flawed(auto) == 1);
            assertThat(askAndLeave(auto)).contains("x-llmsim-source: upstream");
        }
    }

    private static long flawed(LlmSim gateway) throws IOException {
        try (InputStream json =
                gateway.address().resolve("/llmsim/stats").toURL().openStream()) {
            return Conversation.JSON.readTree(json).get("recordings_flawed").asLong();
        }
    }

    /** Leaves once it has the last event, as the SDKs do, and does not wait for the end of the body. */
    private static String askAndLeave(LlmSim gateway) throws Exception {
        InetSocketAddress address = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        try (RawConnection client = RawConnection.to(address)) {
            client.send(head(
                            "POST /openai/v1/chat/completions HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/json",
                            "Content-Length: " + BODY.length())
                    + BODY);
            return client.readUntil(LAST);
        }
    }
}
