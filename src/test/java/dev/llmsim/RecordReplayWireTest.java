package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.testkit.RawAnswer;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client got while recording it gets again from the tape, when the provider is gone. */
class RecordReplayWireTest {
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String SSE = "Content-Type: text/event-stream";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String EVENTS = "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n";
    private static final int BIG_BYTES = 5 << 20;

    @TempDir
    private Path folder;

    /**
     * One way to answer.
     *
     * @param mark what the client must have read before upstream ends the connection; empty where nothing depends on that
     * @param reset whether upstream ends with RST; else with FIN
     */
    private record Way(String name, String method, String answer, String mark, boolean reset) {
        boolean isBodiless() {
            return method.equals("HEAD") || answer.startsWith("HTTP/1.1 204") || answer.startsWith("HTTP/1.1 304");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Way> whole() throws IOException {
        String zipped = gzip("{\"answer\":\"decoded\"}");
        String binary = binary(70_000);
        return List.of(
                way("content-length", sized(OK, "{\"a\":1}", "Content-Type: application/json")),
                way("empty content-length", sized(OK, "")),
                way("chunked", head(OK, SSE, CHUNKED) + chunk(EVENTS) + "0\r\n\r\n"),
                way(
                        "chunked with trailers",
                        head(OK, SSE, CHUNKED, "Trailer: X-Sum, X-Sum2") + chunk("data: a") + chunk("\n\ndata: b\n\n")
                                + "0\r\nX-Sum: 1\r\nx-sum2: Two\r\n\r\n"),
                way("close-delimited", head(OK, SSE) + EVENTS),
                way("close-delimited and empty", head(OK, SSE)),
                new Way("HEAD", "HEAD", head(OK, "Content-Length: 4711", "ETag: \"e\""), "", false),
                way("204", head("HTTP/1.1 204 No Content", "X-Request-Id: r")),
                way("304", head("HTTP/1.1 304 Not Modified", "ETag: \"e\"")),
                way(
                        "429 with retry-after",
                        sized(
                                "HTTP/1.1 429 Too Many Requests",
                                "{\"error\":{\"message\":\"slow down\"}}",
                                "Content-Type: application/json",
                                "Retry-After: 7")),
                way("529", sized("HTTP/1.1 529 Overloaded", "{\"type\":\"error\"}", "Content-Type: application/json")),
                way("500 HTML", sized("HTTP/1.1 500 Oops", "<html>\u00e9</html>", "Content-Type: text/html")),
                way(
                        "error event in the middle of a stream",
                        head(OK, SSE, CHUNKED) + chunk("event: message_start\ndata: {}\n\n")
                                + chunk("event: error\ndata: {\"type\":\"error\"}\n\n") + "0\r\n\r\n"),
                way(
                        "gzip not asked for",
                        sized(OK, zipped, "Content-Type: application/json", "Content-Encoding: gzip")),
                way(
                        "gzip in chunks",
                        head(OK, "Content-Type: application/json", "Content-Encoding: gzip", CHUNKED)
                                + chunk(zipped.substring(0, 9)) + chunk(zipped.substring(9)) + "0\r\n\r\n"),
                way(
                        "duplicate headers",
                        sized(OK, "x", "Vary: Origin", "X-B: 1", "vary: Accept", "x-b: 2", "X-Empty:", "VARY: Origin")),
                way("binary body", sized(OK, binary, "Content-Type: audio/mpeg")),
                way("binary body said to be text", sized(OK, binary(999), "Content-Type: text/plain; charset=utf-8")),
                way("5 MB", sized(OK, binary(BIG_BYTES), "Content-Type: application/octet-stream")));
    }

    static List<Way> cut() {
        String length = head(OK, "Content-Length: 100", "Content-Type: application/json");
        String chunked = head(OK, SSE, CHUNKED);
        List<Way> ways = new ArrayList<>();
        for (boolean reset : List.of(false, true)) {
            String how = reset ? "RST" : "FIN";
            ways.add(new Way(how + " before content-length", "POST", length + "{\"abc", "{\"abc", reset));
            ways.add(new Way(how + " after the head", "POST", length, "\r\n\r\n", reset));
            ways.add(new Way(how + " between chunks", "POST", chunked + chunk(EVENTS), EVENTS, reset));
            ways.add(new Way(how + " within an event", "POST", chunked + chunk("data: a\n\ndata"), "\n\ndata", reset));
            ways.add(new Way(how + " before the head", "POST", "", "", reset));
        }
        ways.add(new Way("RST of a close-delimited body", "POST", head(OK, SSE) + EVENTS, EVENTS, true));
        return ways;
    }

    @ParameterizedTest
    @MethodSource("whole")
    void replaysAWholeAnswer(Way way) throws Exception {
        RawAnswer first = record(way);
        assertThat(first.whole()).isTrue();
        assertThat(first.reset()).isFalse();
        assertReplayed(way, first);
    }

    @ParameterizedTest
    @MethodSource("cut")
    void replaysACutAnswer(Way way) throws Exception {
        RawAnswer first = record(way);
        assertThat(first.whole()).isFalse();
        assertThat(first.reset()).isEqualTo(way.reset());
        assertReplayed(way, first);
    }

    private void assertReplayed(Way way, RawAnswer first) throws IOException {
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY).store(folder).start()) {
            RawConnection.End end = ask(replay, way.method(), "", new CountDownLatch(1));
            RawAnswer again = RawAnswer.of(end, way.isBodiless());
            assertThat(again.body()).hasSameSizeAs(first.body()).isEqualTo(first.body());
            assertThat(withoutDecodedLength(again, first)).isEqualTo(first);
            if (!way.answer().isEmpty()) {
                assertThat(RawConnection.header(end.text(), "x-llmsim-source")).isEqualTo("recorded");
            }
        }
    }

    /** A body that is replayed decoded has a length of its own. */
    private static RawAnswer withoutDecodedLength(RawAnswer again, RawAnswer first) {
        if (!first.framing().equals("decoded")) {
            return again;
        }
        assertThat(again.framing()).isEqualTo(String.valueOf(first.body().length()));
        return new RawAnswer(
                again.statusLine(),
                again.headers(),
                "decoded",
                again.body(),
                again.trailers(),
                again.whole(),
                again.reset());
    }

    @Test
    void identicalRequestsPlayInRecordedOrderAndThenTheLast() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(sized(OK, "answer " + count.incrementAndGet()));
        })) {
            LlmSim recording = recording(upstream);
            assertThat(bodies(recording, 3)).containsExactly("answer 1", "answer 2", "answer 3");
            assertSound(recording, 3);
        }
        for (int run = 0; run < 2; run++) {
            try (LlmSim replay = LlmSim.builder(Mode.REPLAY).store(folder).start()) {
                assertThat(bodies(replay, 5))
                        .containsExactly("answer 1", "answer 2", "answer 3", "answer 3", "answer 3");
                // A part is counted once it is written, which its reader may see earlier.
                Map<String, Long> stats =
                        await().until(() -> stats(replay), page -> page.getOrDefault("played_parts", 0L) >= 5 * 3);
                assertThat(stats.get("lateness_micros")).isGreaterThanOrEqualTo(stats.get("max_lateness_micros"));
                assertThat(stats.get("max_lateness_micros")).isPositive();
            }
        }
    }

    private static Map<String, Long> stats(LlmSim gateway) throws IOException {
        Map<String, Long> stats = new HashMap<>();
        URI page = gateway.address().resolve("/llmsim/stats");
        try (InputStream json = page.toURL().openStream()) {
            Conversation.JSON.readTree(json).properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .forEach(field -> stats.put(field.getKey(), field.getValue().longValue()));
        }
        return stats;
    }

    private static List<String> bodies(LlmSim gateway, int requests) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            RawConnection.End end = ask(gateway, "POST", "", new CountDownLatch(1));
            bodies.add(RawAnswer.of(end, false).body());
        }
        return bodies;
    }

    private RawAnswer record(Way way) throws Exception {
        CountDownLatch clientHasIt = new CountDownLatch(way.mark().isEmpty() ? 0 : 1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(way.answer());
            if (!clientHasIt.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the client never had the beginning");
            }
            if (way.reset()) {
                connection.reset();
            }
        })) {
            LlmSim recording = recording(upstream);
            RawConnection.End end = ask(recording, way.method(), way.mark(), clientHasIt);
            if (!way.answer().isEmpty()) {
                assertThat(RawConnection.header(end.text(), "x-llmsim-source")).isEqualTo("upstream");
            }
            assertSound(recording, 1);
            return RawAnswer.of(end, way.isBodiless());
        }
    }

    private LlmSim recording(RawUpstream upstream) {
        return LlmSim.builder(Mode.RECORD)
                .store(folder)
                .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                .start();
    }

    private static void assertSound(LlmSim recording, int sealed) {
        RecorderSummary summary = recording.close(Duration.ofSeconds(10)).orElseThrow();
        assertThat(summary.remarks()).isEmpty();
        assertThat(summary.flawed()).isZero();
        assertThat(summary.sealed()).isEqualTo(sealed);
    }

    private static RawConnection.End ask(LlmSim gateway, String method, String mark, CountDownLatch hasIt)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        String body = method.equals("HEAD") ? "" : BODY;
        try (RawConnection client = RawConnection.to(address)) {
            client.send(head(
                            method + " /openai/v1/chat/completions HTTP/1.1",
                            "Host: localhost",
                            "Connection: close",
                            "Content-Type: application/json",
                            "Content-Length: " + body.length())
                    + body);
            String beginning = mark.isEmpty() ? "" : client.readUntil(mark);
            hasIt.countDown();
            RawConnection.End end = client.readToEnd();
            return new RawConnection.End(beginning + end.text(), end.reset());
        }
    }

    private static Way way(String name, String answer) {
        return new Way(name, "POST", answer, "", false);
    }

    private static String sized(String statusLine, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(statusLine));
        lines.addAll(List.of(headers));
        lines.add("Content-Length: " + body.length());
        return head(lines.toArray(String[]::new)) + body;
    }

    private static String binary(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return new String(random, StandardCharsets.ISO_8859_1);
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(wire)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return wire.toString(StandardCharsets.ISO_8859_1);
    }
}
