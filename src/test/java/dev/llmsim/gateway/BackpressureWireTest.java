package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A side that does not read stops the other side from writing: what is in between stays small. */
class BackpressureWireTest {
    /** Send and receive buffers of four sockets on loopback, as Linux sizes them at most, and what the gateway holds. */
    static final long IN_FLIGHT_BYTES = 24L << 20;

    private static final long TOTAL_BYTES = 128L << 20;
    private static final byte[] BLOCK = new byte[64 << 10];

    private static void sendAll(RawConnection connection, AtomicLong sent) throws Exception {
        while (sent.get() < TOTAL_BYTES) {
            connection.send(BLOCK);
            sent.addAndGet(BLOCK.length);
        }
    }

    /** Waits until {@code sent} has not moved for a while: the writer is blocked. */
    static void awaitStandstill(AtomicLong sent) {
        await().during(400, TimeUnit.MILLISECONDS).atMost(30, TimeUnit.SECONDS).until(new Standstill(sent));
    }

    private static final class Standstill implements Callable<Boolean> {
        private final AtomicLong sent;
        private long last;

        Standstill(AtomicLong sent) {
            this.sent = sent;
        }

        @Override
        public Boolean call() {
            long now = sent.get();
            boolean still = now > 0 && now == last;
            last = now;
            return still;
        }
    }

    private static void readAll(RawConnection connection) throws Exception {
        long left = TOTAL_BYTES;
        byte[] into = new byte[64 << 10];
        while (left > 0) {
            int count = connection.in().read(into);
            assertThat(count).isPositive();
            left -= count;
        }
    }

    @Test
    void aStalledClientStopsUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: " + TOTAL_BYTES));
                    sendAll(connection, sent);
                });
                Gateway gateway = Gateway.passing(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            client.readHead();
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(IN_FLIGHT_BYTES);
            readAll(client);
            await().until(() -> !gateway.lines.isEmpty());
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.line().bodyBytes()).isEqualTo(TOTAL_BYTES);
        }
    }

    @Test
    void aStalledUpstreamStopsTheClient() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch read = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    read.await();
                    readAll(connection);
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                });
                Gateway gateway = Gateway.passing(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: " + TOTAL_BYTES));
            Thread upload = new Thread(() -> {
                try {
                    sendAll(client, sent);
                } catch (Exception e) {
                    throw new AssertionError("the upload broke off", e);
                }
            });
            upload.start();
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(IN_FLIGHT_BYTES);
            read.countDown();
            assertThat(client.readMessage().text()).isEqualTo("ok");
            upload.join();
        }
    }

    @Test
    void aStalledClientThatLeavesFreesUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
                    while (true) {
                        connection.send(chunk("x".repeat(50_000)));
                        sent.addAndGet(50_000);
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
                client.readHead();
                awaitStandstill(sent);
            }
            await().until(() -> upstream.openConnections() == 0);
            assertThat(gateway.capture().ending).isEqualTo(Ending.CLIENT_CANCELLED);
        }
    }

    @Test
    void anEarlyAnswerToAnUploadArrivesAndTheConnectionEndsCleanly() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(
                            head("HTTP/1.1 413 Payload Too Large", "Connection: close", "Content-Length: 4") + "much");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: 1000000") + "abc");
            String head = client.readHead();
            assertThat(head).startsWith("HTTP/1.1 413 ").contains("connection: close");
            client.send("more of the body, which nobody wants");
            assertThat(client.readToFin()).isEqualTo("much");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    @Test
    void anAnswerThatOverlapsTheUploadIsNotHeldBack() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
                    for (String piece = connection.readChunk(); !piece.isEmpty(); piece = connection.readChunk()) {
                        connection.send(chunk(piece));
                    }
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"));
            client.readHead();
            for (int i = 0; i < 3; i++) {
                client.send(chunk("echo " + i));
                assertThat(client.readChunk()).isEqualTo("echo " + i);
            }
            client.send("0\r\n\r\n");
            assertThat(client.readToFin()).isEqualTo("0\r\n\r\n");
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.capture().requestText()).isEqualTo("echo 0echo 1echo 2");
        }
    }
}
