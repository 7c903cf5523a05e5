package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Upstream connections between two requests: kept for a while, then closed; what became of one is no client's trouble. */
class UpstreamPoolWireTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private static String request(String path) {
        return head("GET /up/" + path + " HTTP/1.1", "Host: localhost");
    }

    private void serve(RawConnection connection) throws Exception {
        asked.add(connection.readMessage().startLine());
        connection.send(OK);
    }

    private static Gateway gateway(RawUpstream upstream, Duration keepAlive) {
        return Gateway.recording(upstream.uri(), Timeouts.DEFAULT.withUpstreamKeepAlive(keepAlive));
    }

    /** Once the connection of the first request is {@link #closed}. */
    private void assertTheSecondIsServedOnAnother(RawConnection client, RawUpstream upstream) throws Exception {
        assertServed(client, "a");
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertServed(client, "b");
        assertThat(upstream.connections()).isEqualTo(2);
        assertAskedOnce("a", "b");
    }

    private static void assertServed(RawConnection client, String path) throws Exception {
        client.send(request(path));
        RawMessage got = client.readMessage();
        assertThat(got.toString()).startsWith("HTTP/1.1 200 ").endsWith("ok");
    }

    private void assertAskedOnce(String... paths) {
        assertThat(asked)
                .containsExactly(Arrays.stream(paths)
                        .map(path -> "GET /" + path + " HTTP/1.1")
                        .toArray(String[]::new));
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    while (true) {
                        serve(connection);
                    }
                });
                Gateway gateway = gateway(upstream, LONG);
                RawConnection client = gateway.client()) {
            assertServed(client, "a");
            assertServed(client, "b");
            assertThat(upstream.connections()).isEqualTo(1);
            assertAskedOnce("a", "b");
        }
    }

    @Test
    void aConnectionThatNobodyUsesIsClosedByUs() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    serve(connection);
                    assertThat(connection.readToFin()).isEmpty();
                    closed.countDown();
                });
                Gateway gateway = gateway(upstream, Duration.ofMillis(100));
                RawConnection client = gateway.client()) {
            assertTheSecondIsServedOnAnother(client, upstream);
        }
    }

    /** The upstream's FIN is answered by ours before the next request is sent. */
    @Test
    void aConnectionThatUpstreamClosedIsNotUsedAgain() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    serve(connection);
                    connection.finish();
                    assertThat(connection.readToFin()).isEmpty();
                    closed.countDown();
                });
                Gateway gateway = gateway(upstream, LONG);
                RawConnection client = gateway.client()) {
            assertTheSecondIsServedOnAnother(client, upstream);
            await().until(() -> gateway.lines.size() == 2);
            assertThat(gateway.captures.all)
                    .allMatch(kept -> kept.responseText().equals("ok"));
        }
    }

    @Test
    void aConnectionOnWhichUpstreamSpeaksUnaskedIsClosed() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    serve(connection);
                    if (asked.size() == 1) {
                        connection.send(head("HTTP/1.1 408 Request Timeout", "Content-Length: 0"));
                        connection.readToEnd();
                        closed.countDown();
                    }
                });
                Gateway gateway = gateway(upstream, LONG);
                RawConnection client = gateway.client()) {
            assertTheSecondIsServedOnAnother(client, upstream);
        }
    }

    @Test
    void anUpstreamThatAnnouncesAShortStayIsBelieved() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    asked.add(connection.readMessage().startLine());
                    connection.send(head("HTTP/1.1 200 OK", "Keep-Alive: timeout=1", "Content-Length: 2") + "ok");
                    connection.readToEnd();
                    closed.countDown();
                });
                Gateway gateway = gateway(upstream, LONG);
                RawConnection client = gateway.client()) {
            assertServed(client, "a");
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
