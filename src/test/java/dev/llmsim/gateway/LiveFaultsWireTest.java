package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on answers while they come from an upstream. */
class LiveFaultsWireTest {
    private static final String ONE = "data: {\"n\":1}\n\n";
    private static final String TWO = "data: {\"n\":\"\u00c3\u00a9\"}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String STREAM =
            head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "X-Kept: yes");
    private static final String WHOLE =
            STREAM + chunk(ONE + TWO.substring(0, 5)) + chunk(TWO.substring(5) + DONE) + "0\r\nX-Trailer: t\r\n\r\n";
    private static final String JSON = "{\"answer\":[1,2,3]}";
    private static final String JSON_ANSWER =
            head("HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: " + JSON.length()) + JSON;

    private static String asking(String fault) {
        return head("POST /up/v1/chat/completions HTTP/1.1", "Host: localhost", "Content-Length: 0", fault);
    }

    private static String with(String fault) {
        return asking("x-llmsim-fault: " + fault);
    }

    private static RawMessage message(String answer, String request) throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(answer);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(request);
            RawMessage message = client.readMessage();
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
            return message;
        }
    }

    @ParameterizedTest
    @CsvSource({"cut, false, UPSTREAM_TRUNCATED", "reset, true, UPSTREAM_RESET"})
    void aStreamEndsAfterSoManyEventsAndUpstreamIsLeft(String kind, boolean reset, Ending ending) throws Exception {
        Semaphore left = new Semaphore(0);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM + chunk(ONE + TWO + DONE.substring(0, 3)));
                    connection.readToEnd();
                    left.release();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with(kind + "@frame=2"));
            RawConnection.End end = client.readToEnd();

            assertThat(end.reset()).isEqualTo(reset);
            assertThat(end.text())
                    .endsWith(chunk(ONE) + chunk(TWO))
                    .contains("X-Kept: yes", "x-llmsim-fault: " + kind + "@frame=2", "x-llmsim-source: upstream");
            left.acquire();
            assertThat(gateway.line().ending()).isEqualTo(ending);
            assertThat(gateway.line().faults()).isEqualTo(kind + "@frame=2");
            assertThat(gateway.counters.count(Counter.FAULTS)).isEqualTo(1);
            assertThat(gateway.counters.count(reset ? Counter.FAULTS_RESET : Counter.FAULTS_CUT))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut@frame=0", "cut@byte=0"})
    void nothingFollowsTheHead(String fault) throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(WHOLE);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with(fault));
            assertThat(client.readToFin()).contains("x-llmsim-fault: " + fault).endsWith("\r\n\r\n");
        }
    }

    @Test
    void aBodyEndsShortOfItsLength() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(JSON_ANSWER);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("cut@byte=5"));
            assertThat(client.readToFin())
                    .contains("Content-Length: " + JSON.length())
                    .endsWith("\r\n\r\n" + JSON.substring(0, 5));
        }
    }

    /** Upstream sends the next event when the client has the one before: what is held back would stop both. */
    @Test
    void eachEventLeavesAsItArrives() throws Exception {
        Semaphore next = new Semaphore(0);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM);
                    for (int i = 0; i < 5; i++) {
                        connection.send(chunk("data: " + i + "\n\n"));
                        next.acquire();
                    }
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("drop@event=7,corrupt@event=8,cut@frame=9,stall@byte=9000;for=1s"));
            client.readHead();
            for (int i = 0; i < 5; i++) {
                assertThat(client.readChunk()).isEqualTo("data: " + i + "\n\n");
                next.release();
            }
            assertThat(client.readChunk()).isEmpty();
            assertThat(gateway.line().faults()).isEmpty();
            assertThat(gateway.counters.count(Counter.FAULTS)).isZero();
        }
    }

    /** Behind the last place that counts frames, not even an event is waited for. */
    @Test
    void whatIsNoFrameLeavesAsItArrivesToo() throws Exception {
        Semaphore next = new Semaphore(0);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM + chunk(ONE + "da"));
                    next.acquire();
                    connection.send(chunk("ta: "));
                    next.acquire();
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("corrupt@event=1,split@byte=900"));
            client.readHead();
            client.readUntil("\u0001\n\n");
            client.readUntil("da");
            next.release();
            client.readUntil("ta: ");
            next.release();
            client.readUntil("0\r\n\r\n");
        }
    }

    @Test
    void anEventIsDroppedDamagedOrReplacedByAnError() throws Exception {
        RawMessage dropped = message(WHOLE, with("drop@event=2"));
        assertThat(dropped.text()).isEqualTo(ONE + DONE);
        assertThat(dropped.trailers()).isEqualTo("X-Trailer: t\r\n");

        RawMessage damaged = message(WHOLE, with("corrupt@event=2"));
        assertThat(damaged.text()).isEqualTo(ONE + TWO.replace('}', '\u0001') + DONE);

        RawMessage failed = message(WHOLE, with("error@event=2"));
        assertThat(failed.text())
                .startsWith(ONE + "data: {\"error\":{\"message\":")
                .doesNotContain("DONE");
        assertThat(failed.trailers()).isEmpty();
    }

    @Test
    void aBodyThatMayGetShorterAnnouncesNoLength() throws Exception {
        RawMessage dropped = message(JSON_ANSWER, with("drop@event=1"));
        assertThat(dropped.text()).isEmpty();
        assertThat(dropped.header("content-length")).isEmpty();
        assertThat(dropped.header("transfer-encoding")).isEqualTo("chunked");
    }

    @Test
    void aBodyThatIsOnlyAnnouncedKeepsItsLength() throws Exception {
        String head = head("HTTP/1.1 200 OK", "Content-Length: 4711");
        try (RawUpstream upstream = RawUpstream.answering(head);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("HEAD /up/ HTTP/1.1", "Host: localhost", "x-llmsim-fault: drop@event=1"));
            assertThat(client.readHead()).contains("Content-Length: 4711").doesNotContain("ransfer-");
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void aSplitCodePointComesInTwoChunks() throws Exception {
        int within = (ONE + TWO).indexOf('\u00a9');
        RawMessage split = message(WHOLE, with("split@byte=" + within));
        assertThat(split.text()).isEqualTo(ONE + TWO + DONE);
        int before = 0;
        for (int size : split.chunkSizes()) {
            before += before < within ? size : 0;
        }
        assertThat(before).isEqualTo(within);
    }

    @Test
    void aDripComesInManyChunks() throws Exception {
        RawMessage dripped = message(WHOLE, with("drip;rate=400B/s"));
        assertThat(dripped.text()).isEqualTo(ONE + TWO + DONE);
        assertThat(dripped.chunkSizes()).hasSizeGreaterThan(2).allMatch(size -> size <= 20);
        assertThat(dripped.trailers()).isEqualTo("X-Trailer: t\r\n");
    }

    /** The stall is an hour: what comes before it has come, and upstream is left when the client leaves. */
    @Test
    void aStalledStreamSendsWhatComesBeforeAndEndsWithItsClient() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(WHOLE);
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(with("stall@frame=1;for=60m"));
                client.readHead();
                assertThat(client.readChunk()).isEqualTo(ONE);
                await().until(() -> gateway.counters.count(Counter.FAULTS_STALL) == 1);
                assertThat(client.in().available()).isZero();
            }
            assertThat(gateway.line().ending()).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(gateway.line().faults()).isEqualTo("stall@frame=1;for=60m");
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    @Test
    void aStallEnds() throws Exception {
        RawMessage stalled = message(WHOLE, with("stall@frame=2;for=30ms,stall@frame=3;for=30ms"));
        assertThat(stalled.text()).isEqualTo(ONE + TWO + DONE);
        assertThat(stalled.trailers()).isEqualTo("X-Trailer: t\r\n");
    }

    /** What a pause holds back goes out before the end of upstream is passed on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUpstreamThatEndsDuringAStallEndsTheAnswerBehindIt(boolean reset) throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM + chunk(ONE) + chunk(TWO) + chunk("data: hal"));
                    if (reset) {
                        connection.reset();
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("stall@byte=4;for=100ms"));
            RawConnection.End end = client.readToEnd();
            // a reset destroys what the gateway has not read yet: of that, nothing is claimed here
            assertThat(end.text()).contains(reset ? "data" : TWO).doesNotContain("\r\n0\r\n");
            if (!reset) {
                assertThat(end.text()).contains("data: hal");
            }
            assertThat(end.reset()).isEqualTo(reset);
        }
    }

    @Test
    void aStalledAnswerIsNotReadFromUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        byte[] block = "x".repeat(64 << 10).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: " + (1L << 30)));
                    while (true) {
                        connection.send(block);
                        sent.addAndGet(block.length);
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("stall@byte=1;for=60m"));
            client.readHead();
            assertThat(client.readText(1)).isEqualTo("x");
            BackpressureWireTest.awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(BackpressureWireTest.IN_FLIGHT_BYTES);
        }
    }

    @Test
    void upstreamIsAskedForABodyThatIsNotCodedAndNotToldOfFaults() throws Exception {
        BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    while (true) {
                        received.add(connection.readMessage());
                        connection.send(JSON_ANSWER);
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head(
                    "POST /up/ HTTP/1.1",
                    "Host: localhost",
                    "Accept-Encoding: gzip",
                    "Content-Length: 0",
                    "x-llmsim-fault: cut@byte=100"));
            client.readMessage();
            RawMessage first = received.take();
            assertThat(first.header("accept-encoding")).isEqualTo("identity");
            assertThat(first.head()).doesNotContain("x-llmsim");
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip", "Content-Length: 0"));
            client.readMessage();
            assertThat(received.take().header("accept-encoding")).isEqualTo("gzip");
        }
    }

    /** Its events cannot be seen: what one read brings is a frame, and there is no error event. */
    @Test
    void aCodedBodyIsCutAtBytes() throws Exception {
        String coded = head(
                "HTTP/1.1 200 OK",
                "Content-Type: text/event-stream",
                "Content-Encoding: gzip",
                "Transfer-Encoding: chunked");
        try (RawUpstream upstream = RawUpstream.answering(coded + chunk("not really coded") + "0\r\n\r\n");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("error@event=1,cut@byte=3"));
            assertThat(client.readToFin()).endsWith("\r\n3\r\nnot\r\n");
            assertThat(gateway.line().faults()).isEqualTo("cut@byte=3");
        }
    }

    /** The times at which it was read, and where it ended, would be those of the fault. */
    @Test
    void anAnswerWithFaultsIsNotRecorded() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(WHOLE);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(with("drop@event=1"));
            client.readMessage();
            assertThat(gateway.captures.all).isEmpty();
            client.send(asking("Accept: any"));
            RawMessage plain = client.readMessage();
            assertThat(plain.text()).isEqualTo(ONE + TWO + DONE);
            assertThat(plain.header("x-llmsim-fault")).isEmpty();
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.counters.count(Counter.CAPTURES_GIVEN_UP)).isZero();
        }
    }

    @Test
    void faultsOfASessionAreDoneToPostsOfItsOwn() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(WHOLE);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            gateway.sessions.at("s").faults(List.of(Fault.parse("drop@event=1")));
            client.send(asking("x-llmsim-session: s"));
            assertThat(client.readMessage().text()).startsWith(TWO.substring(0, 10));
            client.send(asking("Accept: any"));
            assertThat(client.readMessage().text()).startsWith(ONE);
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost", "x-llmsim-session: s"));
            assertThat(client.readMessage().text()).startsWith(ONE);
        }
    }

    @Test
    void aClientOfHttp10GetsABodyThatEndsWithTheConnection() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(JSON_ANSWER);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.0", "Host: localhost", "x-llmsim-fault: drop@event=9"));
            assertThat(client.readToFin())
                    .doesNotContain("ontent-Length", "ransfer-Encoding")
                    .endsWith("\r\n\r\n" + JSON);
        }
    }
}
