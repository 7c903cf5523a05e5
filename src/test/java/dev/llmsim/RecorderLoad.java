package dev.llmsim;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.Capture;
import dev.llmsim.recorder.DurableRecording;
import dev.llmsim.recorder.Recorder;
import dev.llmsim.recorder.RecorderListener;
import dev.llmsim.recorder.RecorderSettings;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.recorder.WriteRule;
import dev.llmsim.store.H2Tape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A load on the recorder, run by hand to measure it; the recorder, its steps and its tape are those of {@code llmsim record}.
 *
 * <p>Arguments: an empty directory, how many exchanges, and their rate: {@code RATE/s}, at even intervals, or {@code N} under way at
 * any time, which finds the capacity. The first third warms up and does not count. Prints one line of
 * figures; the processor time of the recorder's thread depends least on what else the machine does.
 */
final class RecorderLoad {
    private static final int EVENTS = 14;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Headers REQUEST_HEADERS = Headers.of(
            "host",
            "api.openai.com",
            "content-type",
            "application/json",
            "accept",
            "application/json",
            "authorization",
            "Bearer sk-proj-4fQpZt71nVx0bYcR8uKdW2mJe5LhGa9sTiO6",
            "user-agent",
            "OpenAI/Python 1.99.1",
            "x-stainless-lang",
            "python",
            "x-stainless-retry-count",
            "0");
    private static final Headers RESPONSE_HEADERS = Headers.of(
            "date",
            "Tue, 04 Nov 2025 10:11:12 GMT",
            "content-type",
            "text/event-stream; charset=utf-8",
            "openai-processing-ms",
            "312",
            "openai-version",
            "2020-10-01",
            "x-ratelimit-limit-requests",
            "10000",
            "x-ratelimit-remaining-requests",
            "9999",
            "x-request-id",
            "req_9c0d7b1ee0c64cb4a8a4d51f4bb3a93b");
    private static final List<String> WORDS = List.of(
            "the",
            "capital",
            "of",
            "river",
            "model",
            "answer",
            "question",
            "because",
            "light",
            "window",
            "seven",
            "paper",
            "travel",
            "between",
            "number",
            "garden",
            "morning",
            "simple",
            "after",
            "machine",
            "letters",
            "under",
            "green");

    private final int count;
    private final Semaphore room;
    private final long intervalNanos;
    private final int warmUp;
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final long[] lagMicros;
    private long firstNanos;
    private long lastNanos;
    private long rawBytes;
    private int refused;
    private long firstCpuNanos;
    private long lastCpuNanos;

    /** What crosses the wire. */
    private record Exchange(Bytes request, List<Bytes> reads) {}

    private RecorderLoad(int count, String pace) {
        this.count = count;
        boolean rated = pace.endsWith("/s");
        this.intervalNanos = rated ? 1_000_000_000L / Integer.parseInt(pace.substring(0, pace.length() - 2)) : 0;
        this.room = new Semaphore(rated ? Integer.MAX_VALUE : Integer.parseInt(pace));
        this.warmUp = count / 3;
        this.lagMicros = new long[count];
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            exchanges.add(exchange(random, i));
        }
        exchanges.forEach(one -> rawBytes += one.request().length()
                + one.reads().stream().mapToInt(Bytes::length).sum());
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        RecorderLoad load = new RecorderLoad(Integer.parseInt(arguments[1]), arguments[2]);
        RecorderSummary summary;
        long openBytes;
        try (H2Tape tape = H2Tape.open(directory)) {
            Taping taping = new Taping(new Assembly(Upstreams.wellKnown(), Map.of()));
            Recorder recorder = taping.start(tape, RecorderSettings.of("load", WriteRule.RECORD), load.listener());
            load.offerAll(recorder);
            while (load.ended.get() < load.count) {
                LockSupport.parkNanos(1_000_000);
            }
            summary = recorder.close(Duration.ofSeconds(60));
            openBytes = size(directory);
        }
        load.print(summary, openBytes, size(directory));
    }

    private RecorderListener listener() {
        return new RecorderListener() {
            @Override
            public void durable(DurableRecording recording) {
                lagMicros[ended.get()] = recording.lagMicros();
                end();
            }

            @Override
            public void givenUp(String reason) {
                end();
            }
        };
    }

    private void end() {
        room.release();
        lastNanos = System.nanoTime();
        lastCpuNanos = THREADS.getCurrentThreadCpuTime();
        if (ended.incrementAndGet() == warmUp) {
            firstNanos = lastNanos;
            firstCpuNanos = lastCpuNanos;
        }
    }

    private void offerAll(Recorder recorder) {
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            room.acquireUninterruptibly();
            long waitNanos = startNanos + i * intervalNanos - System.nanoTime();
            if (waitNanos > 0) {
                LockSupport.parkNanos(waitNanos);
            }
            if (!offer(recorder, exchanges.get(i))) {
                refused++;
            }
        }
    }

    private boolean offer(Recorder recorder, Exchange exchange) {
        Capture capture =
                recorder.begin(new Request("openai", "POST", "/v1/chat/completions", REQUEST_HEADERS, Bytes.EMPTY));
        long nanos = System.nanoTime();
        boolean taken = capture.requestBytes(exchange.request());
        capture.requestSent(nanos);
        capture.responseHead(new ResponseHead(200, "OK", RESPONSE_HEADERS), Framing.CHUNKED, -1, nanos + 1000);
        for (Bytes read : exchange.reads()) {
            nanos += 1000;
            taken &= capture.responseBytes(read, nanos + 1000);
        }
        if (taken) {
            capture.seal(Ending.COMPLETE, System.nanoTime());
        } else {
            capture.giveUp("the recorder is behind");
        }
        return taken;
    }

    private void print(RecorderSummary summary, long openBytes, long closedBytes) {
        long[] lags = Arrays.copyOfRange(lagMicros, warmUp, (int) Math.min(count, summary.sealed()));
        Arrays.sort(lags);
        System.out.printf(
                Locale.ROOT,
                "%.0f/s  thread %.0f us each  lag ms p50 %.1f p99 %.1f max %.1f  sealed %d refused %d flawed %d  raw %d B each"
                        + "  file/raw open %.2f closed %.2f%n",
                (count - warmUp) * 1e9 / (lastNanos - firstNanos),
                (lastCpuNanos - firstCpuNanos) / 1e3 / (count - warmUp),
                lags[lags.length / 2] / 1e3,
                lags[(int) (lags.length * 0.99)] / 1e3,
                lags[lags.length - 1] / 1e3,
                summary.sealed(),
                refused,
                summary.flawed(),
                rawBytes / count,
                (double) openBytes / rawBytes,
                (double) closedBytes / rawBytes);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static Exchange exchange(Random random, int number) {
        String request =
                "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"temperature\":0.2,\"messages\":[{\"role\":\"system\","
                        + "\"content\":\"You are a careful assistant. Answer briefly.\"},{\"role\":\"user\",\"content\":\""
                        + number
                        + " " + text(random, 60) + "\"}]}";
        String id = "chatcmpl-" + Long.toString(random.nextLong() >>> 1, 36);
        List<Bytes> reads = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            reads.add(Bytes.utf8("data: {\"id\":\"" + id
                    + "\",\"object\":\"chat.completion.chunk\",\"created\":1762251072,"
                    + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + text(random, 1 + random.nextInt(3)) + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"));
        }
        reads.add(Bytes.utf8("data: [DONE]\n\n"));
        return new Exchange(Bytes.utf8(request), reads);
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
