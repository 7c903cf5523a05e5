package dev.llmsim.cassette;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Recordings of every shape the format has to carry, from one seed. Request bodies are such as a file gives back byte for byte. */
final class RandomRecordings {
    private static final List<String> ENDS = List.of("\n\n", "\r\n\r\n", "\n", "\r\n", "\r", "");
    private static final String ALPHABET =
            "ab{}[]:,'\"#&*!|>%@`-?~ \t\n\r\u0000\u007f\u0085\u00e9\u2028\ufeff\ufffd\ud83d\ude00=\\01.e";

    private final Random random;

    RandomRecordings(long seed) {
        this.random = new Random(seed);
    }

    Cassette cassette(String name) {
        RecordingIds ids = new RecordingIds(List.of());
        List<Recording> recordings =
                list(5, () -> new Recording(ids.next(id()), request(), response(), random.nextBoolean()));
        return new Cassette(name, recordings).sortedById();
    }

    private String id() {
        return pick("openai-chat-0000000" + random.nextInt(3), "raw-12345678", "x", "yes", "1e5", text(6) + "z");
    }

    private Request request() {
        String upstream = pick("openai", "https://api.example.com:8443", "odd name");
        String target = pick("/v1/chat/completions", "/v1/x?a=b&c=%20#d", "/models/a:generate?alt=sse", "/" + text(8));
        Headers headers = random.nextInt(4) == 0 ? Headers.UNKNOWN : headers(3);
        return new Request(upstream, pick("POST", "GET", "M-SEARCH"), target, headers, requestBody());
    }

    private Bytes requestBody() {
        return pick(
                Bytes.EMPTY,
                Bytes.utf8("{\"model\":\"gpt-4o\",\"n\":1.0,\"big\":12345678901234567890123,\"x\":1E400}"),
                Bytes.utf8("{\"a\":1,\"a\":2}"),
                Bytes.utf8("--b\r\nA: b\r\n\r\n" + text(9) + "\r\n--b\r\nC: d\r\nE: f\r\n\r\n\r\n--b--\r\n"),
                bytes(40),
                bytes(9000),
                Bytes.utf8("not json " + text(30)));
    }

    private Response response() {
        @Nullable
        ResponseHead head = random.nextInt(6) == 0
                ? null
                : new ResponseHead(
                        pick(200, 429, 529, 999, 599), pick("OK", "", "Too Many Requests", latin1(5)), headers(9));
        List<Frame> frames = head == null ? List.of() : list(9, () -> new Frame(micros(), frame()));
        return new Response(
                head,
                pick(Framing.values()),
                pick(
                        -1L,
                        0L,
                        77L,
                        frames.stream().mapToLong(f -> f.bytes().length()).sum()),
                frames,
                random.nextBoolean() ? Headers.EMPTY : headers(2),
                pick(TimingSource.values()),
                micros(),
                micros(),
                pick(Ending.values()));
    }

    private Bytes frame() {
        String end = pick(ENDS.get(0), ENDS.get(0), ENDS.get(random.nextInt(ENDS.size())));
        String line = pick("\n", "\r\n");
        return pick(
                Bytes.utf8("event: delta" + line + "data: {\"text\":\"" + text(9) + "\"}" + end),
                Bytes.utf8("event: " + text(3) + line + "data: " + text(5) + end),
                Bytes.utf8("data: [DONE]" + end),
                Bytes.utf8(": comment" + line + "data: a" + line + "data: b" + end),
                Bytes.utf8("data: hal"),
                Bytes.utf8(text(60)),
                Bytes.utf8("{\"text\":\"" + "x".repeat(120) + "\",\"n\":[1,2.50,true,null]}"),
                Bytes.utf8("{\n  \"pretty\": [\n\n    1\n  ]\n}" + end),
                Bytes.EMPTY,
                bytes(30),
                bytes(7000));
    }

    private Headers headers(int most) {
        return Headers.of(list(
                most,
                () -> new Header(
                        pick("vary", "Vary", "x-request-id", "content-type", "-odd", "1", "~"),
                        pick("Origin", "text/event-stream; charset=utf-8", "", "yes", "2024-01-01", headerValue(12)))));
    }

    private long micros() {
        return pick(0L, 1L, 380_125L, 430_200L, (long) random.nextInt(Integer.MAX_VALUE), 9_999_999_999_999L);
    }

    private String text(int most) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private String latin1(int most) {
        byte[] bytes = bytes(most).toArray();
        return new String(bytes, StandardCharsets.ISO_8859_1).replace('\r', '.').replace('\n', '.');
    }

    private String headerValue(int most) {
        return latin1(most).replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", ".").stripLeading();
    }

    private Bytes bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private <T> List<T> list(int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
