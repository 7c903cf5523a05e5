package dev.llmsim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load client against the ceiling, on real sockets. */
class LoadClientTest {
    private static final int EVENTS = 10;
    private static final int GAP_MILLIS = 5;
    private static final int STREAMS = 7;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int JSON_BYTES = Payloads.completion().length();

    private final Sockets sockets = Sockets.best();
    private final EventLoopGroup loop = sockets.group(1, "ceiling");
    private final LoadClient client = new LoadClient(sockets);
    private InetSocketAddress address = new InetSocketAddress(0);

    @BeforeEach
    void start() throws InterruptedException {
        CeilingAnswers answers = new CeilingAnswers(EVENTS, GAP_MILLIS);
        address = (InetSocketAddress) Ceiling.start(sockets, loop, answers).localAddress();
    }

    @AfterEach
    void stop() {
        client.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void timedEventsAllComeAndNoneTooEarly() throws InterruptedException {
        StreamSet set = streams(Ceiling.TIMED, EVENTS);

        client.run(address, 3, set, LIMIT);

        List<StreamSet.Stream> streams = set.measured("timed");
        assertThat(streams).hasSize(STREAMS);
        for (StreamSet.Stream stream : streams) {
            for (int event = 0; event < EVENTS; event++) {
                assertThat(stream.eventMillis(event)).isGreaterThanOrEqualTo(GAP_MILLIS * (event + 1));
            }
        }
    }

    @Test
    void streamsInOneFlushAreRead() throws InterruptedException {
        StreamSet set = streams(Ceiling.SSE, EVENTS);

        client.run(address, 2, set, LIMIT);

        assertThat(set.measured("sse")).hasSize(STREAMS);
    }

    @Test
    void anAnswerThatIsNotTheExpectedOneFailsTheMeasurement() throws InterruptedException {
        StreamSet set = streams(Ceiling.SSE, EVENTS + 1);

        client.run(address, 2, set, LIMIT);

        assertThatThrownBy(() -> set.measured("sse"))
                .hasMessageContaining("7 answers")
                .hasMessageContaining("events: 10 (expected: 11)");
    }

    @Test
    void aConnectionThatEndsInsteadOfAnAnswerFailsTheMeasurement() throws InterruptedException {
        StreamSet set = streams("/nothing", EVENTS);

        client.run(address, STREAMS, set, LIMIT);

        assertThatThrownBy(() -> set.measured("nothing")).hasMessageContaining("ended before the answer");
    }

    @Test
    void aClosedLoopCountsAnswersAndTheirLatencies() throws InterruptedException {
        ClosedLoop load = new ClosedLoop(
                Requests.posts(Ceiling.JSON, "", 3, i -> Payloads.request(i, false)),
                new Expected("", 0, JSON_BYTES),
                new ClosedLoop.Span(Duration.ZERO, Duration.ofMillis(20)),
                () -> 5);

        client.run(address, 4, load, load.limit());

        ClosedLoop.Measured measured = load.measured("json");
        assertThat(measured.perSecond()).isPositive();
        assertThat(measured.latency().count()).isGreaterThanOrEqualTo(20);
        assertThat(measured.cpuMicros()).isZero();
    }

    private static StreamSet streams(String path, int events) {
        List<ByteBuf> requests = Requests.posts(path, "", STREAMS, i -> Payloads.request(i, true));
        return new StreamSet(requests, new Expected("", events, -1), Duration.ofMillis(5), 1);
    }
}
