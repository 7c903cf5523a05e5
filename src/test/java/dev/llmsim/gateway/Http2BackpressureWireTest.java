package dev.llmsim.gateway;

import static dev.llmsim.gateway.Http2WireTest.client;
import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawHttp2;
import dev.llmsim.testkit.RawUpstream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A stream that is not taken stops its other side, and no other stream. */
class Http2BackpressureWireTest {
    /** Buffers of two sockets on loopback, as Linux sizes them at most, and what the gateway holds. */
    private static final long IN_FLIGHT_BYTES = 16L << 20;

    private static final long TOTAL_BYTES = 64L << 20;
    private static final int BLOCK_BYTES = 16 << 10;

    private static final class Standstill implements Callable<Boolean> {
        private final AtomicLong moved;
        private long last;

        Standstill(AtomicLong moved) {
            this.moved = moved;
        }

        @Override
        public Boolean call() {
            long now = moved.get();
            boolean still = now > 0 && now == last;
            last = now;
            return still;
        }
    }

    private static void awaitStandstill(AtomicLong moved) {
        await().during(400, TimeUnit.MILLISECONDS).atMost(30, TimeUnit.SECONDS).until(new Standstill(moved));
    }

    @Test
    void aClientThatGivesNoWindowStopsUpstreamAndNoOtherStream() throws Exception {
        AtomicLong sent = new AtomicLong();
        byte[] block = new byte[BLOCK_BYTES];
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: " + TOTAL_BYTES));
                    while (sent.get() < TOTAL_BYTES) {
                        connection.send(block);
                        sent.addAndGet(block.length);
                    }
                });
                Gateway gateway = Gateway.passing(upstream.uri());
                RawHttp2 client = client(gateway, RawHttp2.INITIAL_WINDOW_SIZE, 1000)) {
            int stalled = client.get("/up/");
            client.stall();
            client.readUntil(() -> client.stream(stalled).body().length() == 1000);
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(IN_FLIGHT_BYTES);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
            assertThat(client.stream(stalled).body()).hasSize(1000);
            client.window(0, 1 << 30);
            client.window(stalled, 1 << 30);
            RawHttp2.Stream got = client.await(stalled);
            assertThat(got.whole).isTrue();
            assertThat(got.body().length()).isEqualTo((int) TOTAL_BYTES);
            await().until(() -> gateway.lines.size() == 2);
            assertThat(gateway.lines.get(1).ending()).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.lines.get(1).bodyBytes()).isEqualTo(TOTAL_BYTES);
        }
    }

    @Test
    void anUpstreamThatTakesNothingStopsTheClientAndNoOtherStream() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        AtomicLong taken = new AtomicLong();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    read.await();
                    for (String chunk = connection.readChunk(); !chunk.isEmpty(); chunk = connection.readChunk()) {
                        taken.addAndGet(chunk.length());
                    }
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                });
                Gateway gateway = Gateway.passing(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stalled = client.post("/up/");
            byte[] block = new byte[BLOCK_BYTES];
            client.readUntil(() -> client.sendWindow(stalled) >= 1 << 20);
            long granted = 0;
            while (granted < TOTAL_BYTES && client.sendWindow(stalled) >= block.length) {
                client.data(stalled, block, false);
                granted += block.length;
            }
            assertThat(granted).isBetween(1L << 20, IN_FLIGHT_BYTES);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
            read.countDown();
            while (granted < TOTAL_BYTES) {
                client.readUntil(() -> client.sendWindow(stalled) >= block.length);
                client.data(stalled, block, false);
                granted += block.length;
            }
            client.data(stalled, new byte[0], true);
            assertThat(client.await(stalled).body()).isEqualTo("ok");
            assertThat(taken).hasValue(TOTAL_BYTES);
        }
    }

    @Test
    void aStalledStreamThatIsGivenUpFreesUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch gone = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> flood(connection, sent, gone));
                Gateway gateway = Gateway.passing(upstream.uri());
                RawHttp2 client = client(gateway, RawHttp2.INITIAL_WINDOW_SIZE, 1000)) {
            int stalled = client.get("/up/");
            client.stall();
            client.readUntil(() -> client.stream(stalled).body().length() == 1000);
            awaitStandstill(sent);
            client.reset(stalled, RawHttp2.CANCEL);
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.line().ending()).isEqualTo(Ending.CLIENT_CANCELLED);
        }
    }

    private static void flood(RawConnection connection, AtomicLong sent, CountDownLatch gone) throws Exception {
        connection.readHead();
        connection.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
        String block = chunk("x".repeat(BLOCK_BYTES));
        try {
            while (true) {
                connection.send(block);
                sent.addAndGet(block.length());
            }
        } finally {
            gone.countDown();
        }
    }
}
