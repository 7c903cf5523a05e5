package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What the recorder is told, and that its troubles never reach the client. */
class TeeWireTest {
    private static final String REQUEST =
            head("POST /up/v1 HTTP/1.1", "Host: localhost", "Content-Length: 5") + "hello";

    @Test
    void tellsTheRecorderEverythingInOrder() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
                        + chunk("abc") + "0\r\n" + head("x-sum: 3"));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readMessage();
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.calls)
                    .containsExactly(
                            "requestBytes", "requestSent", "responseHead", "responseBytes", "trailers", "seal");
            assertThat(kept.request.method()).isEqualTo("POST");
            assertThat(kept.request.body().isEmpty()).isTrue();
            assertThat(kept.requestText()).isEqualTo("hello");
            assertThat(kept.declaredBytes).isEqualTo(-1);
        }
    }

    @Test
    void aRecorderThatCatchesUpMissesNothing() throws Exception {
        Semaphore more = new Semaphore(0);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("a"));
                    more.acquire();
                    connection.send(chunk("b") + chunk("c") + "0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            gateway.captures.behind.set(true);
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("a");
            gateway.captures.behind.set(false);
            more.release();
            assertThat(client.readChunk()).isEqualTo("b");
            assertThat(client.readChunk()).isEqualTo("c");
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.requestText()).isEqualTo("hello");
            assertThat(kept.responseText()).isEqualTo("abc");
            assertThat(kept.ending).isEqualTo(Ending.COMPLETE);
            assertThat(kept.calls)
                    .startsWith("requestBytes", "requestSent", "responseHead")
                    .endsWith("seal");
        }
    }

    @Test
    void aRecorderThatStaysBehindIsGivenUpAndTheBytesFlowOn() throws Exception {
        String body = "x".repeat(3 << 20);
        try (RawUpstream upstream =
                        RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: " + body.length()) + body);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            gateway.captures.behind.set(true);
            client.send(REQUEST);
            RawMessage got = client.readMessage();
            assertThat(got.text()).isEqualTo(body);
            assertThat(gateway.capture().ending).isNull();
            assertThat(gateway.capture().givenUp).contains("behind");
            assertThat(gateway.counters.count(Counter.CAPTURES_GIVEN_UP)).isEqualTo(1);
            gateway.captures.behind.set(false);
            client.send(REQUEST);
            assertThat(client.readMessage().text()).isEqualTo(body);
            await().until(() -> gateway.captures.all.get(1).ending == Ending.COMPLETE);
        }
    }

    @Test
    void aRecorderThatFailsDoesNotBreakTheExchange() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            gateway.captures.failing.set(true);
            client.send(REQUEST);
            assertThat(client.readMessage().text()).isEqualTo("ok");
            assertThat(gateway.capture().givenUp).contains("failed");
        }
    }
}
