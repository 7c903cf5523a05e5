package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a client does not read, the memory of the gateway stays as it is, however much upstream has to say. */
class FlatMemoryWireTest {
    private static final long MB = 1L << 20;
    private static final long STREAM_BYTES = 160 * MB;
    private static final long PASSED_BYTES = 80 * MB;
    private static final long GROWTH_BYTES = 16 * MB;
    private static final int COLLECTIONS = 3;
    private static final String EVENT = chunk("data: " + "x".repeat(16 << 10) + "\n\n");
    private static final String REQUEST = head(
            "POST /openai/v1/chat/completions HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: 2");

    @TempDir
    private Path folder;

    private final AtomicLong sent = new AtomicLong();

    private RawUpstream talking() throws Exception {
        return RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked"));
            while (sent.get() < STREAM_BYTES) {
                connection.send(EVENT);
                sent.addAndGet(EVENT.length());
            }
            connection.send("0\r\n\r\n");
        });
    }

    private LlmSim gateway(Mode mode, RawUpstream upstream) {
        return LlmSim.builder(mode)
                .store(folder.resolve("tape"))
                .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                .start();
    }

    private static RawConnection client(LlmSim gateway) throws Exception {
        RawConnection client = RawConnection.to(
                new InetSocketAddress(
                        gateway.address().getHost(), gateway.address().getPort()),
                64 << 10);
        client.send(REQUEST + "{}");
        client.readHead();
        return client;
    }

    /** What is live on the heap and outside of it. */
    private static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long netty = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
        return heap + Math.max(direct, netty);
    }

    private void awaitStandstill() {
        AtomicLong last = new AtomicLong(-1);
        await().during(400, TimeUnit.MILLISECONDS)
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> last.getAndSet(sent.get()) == sent.get());
    }

    private static void read(RawConnection client, long bytes) throws Exception {
        byte[] into = new byte[64 << 10];
        for (long left = bytes; left > 0; ) {
            int count = client.in().read(into, 0, (int) Math.min(into.length, left));
            assertThat(count).isPositive();
            left -= count;
        }
    }

    private void stallAfter(Mode mode, long passedBytes) throws Exception {
        try (RawUpstream upstream = talking();
                LlmSim gateway = gateway(mode, upstream)) {
            long before = usedBytes();
            try (RawConnection client = client(gateway)) {
                read(client, passedBytes);
                awaitStandstill();
                assertThat(sent.get()).isBetween(passedBytes, STREAM_BYTES - 1);
                assertThat(usedBytes() - before).isLessThan(GROWTH_BYTES);
            }
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    @Test
    void aClientThatReadsNothingHoldsNothing() throws Exception {
        stallAfter(Mode.RECORD, 0);
    }

    @Test
    void nothingIsKeptOfWhatHasPassed() throws Exception {
        stallAfter(Mode.PASSTHROUGH, PASSED_BYTES);
    }

    /** Longer than one recording may be: it is given up, and with it what was held. */
    @Test
    void aRecordingThatBecameTooLongHoldsNothing() throws Exception {
        stallAfter(Mode.RECORD, PASSED_BYTES);
    }

    /** The measure sees what is held: a recording in the making is. */
    @Test
    void aRecordingInTheMakingIsSeen() throws Exception {
        long passed = 40 * MB;
        try (RawUpstream upstream = talking();
                LlmSim gateway = gateway(Mode.RECORD, upstream)) {
            long before = usedBytes();
            try (RawConnection client = client(gateway)) {
                read(client, passed);
                awaitStandstill();
                assertThat(usedBytes() - before).isGreaterThan(passed / 2);
            }
        }
    }
}
