package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Recordings of many shapes. */
final class Samples {
    private Samples() {}

    static Key key(String name) {
        return Key.hash(name.getBytes(StandardCharsets.UTF_8));
    }

    static Keys keys(String name) {
        return new Keys(key(name), null, 1, null);
    }

    static Request request(String body) {
        return new Request(
                "openai",
                "POST",
                "/v1/chat/completions?x=%C3%A4",
                Headers.of("openai-beta", "v1", "OpenAI-Beta", "v2"),
                Bytes.utf8(body));
    }

    static Recording plain(String id) {
        return new Recording(id, request("{\"id\":\"" + id + "\"}"), answer(200, "hello " + id), false);
    }

    static Response answer(int status, String... frames) {
        List<Frame> timed = java.util.stream.IntStream.range(0, frames.length)
                .mapToObj(i -> new Frame(1000L * i, Bytes.utf8(frames[i])))
                .toList();
        return new Response(
                new ResponseHead(status, "", Headers.of("content-type", "text/event-stream")),
                Framing.CHUNKED,
                -1,
                timed,
                Headers.EMPTY,
                TimingSource.RECORDED,
                10,
                20_000,
                Ending.COMPLETE);
    }

    static Recording cutWithTrailersAndRepeatedHeaders() {
        Response response = new Response(
                new ResponseHead(529, "Überlast", Headers.of("vary", "a", "Vary", "b", "x-empty", "")),
                Framing.LENGTH,
                12_345,
                List.of(
                        new Frame(5, Bytes.utf8("data: ü\r\n\r\n")),
                        new Frame(5, Bytes.EMPTY),
                        new Frame(9, Bytes.utf8("dat"))),
                Headers.of("x-sum", "1", "x-sum", "2"),
                TimingSource.MODELLED,
                4,
                Long.MAX_VALUE,
                Ending.UPSTREAM_RESET);
        Request request = new Request("https://api.example.com", "GET", "/", Headers.UNKNOWN, Bytes.EMPTY);
        return new Recording("cut", request, response, true);
    }

    static Recording withoutHead() {
        Response response = new Response(
                null, Framing.CLOSE, -1, List.of(), Headers.EMPTY, TimingSource.RECORDED, 0, 7, Ending.TIMEOUT);
        return new Recording("headless", request(""), response, false);
    }

    /** A body of several parts, in many frames, that no packing makes smaller. */
    static Recording big() {
        byte[] body = new byte[3_300_000];
        new Random(1).nextBytes(body);
        Bytes whole = Bytes.wrap(body);
        List<Frame> frames = java.util.stream.IntStream.range(0, 3300)
                .mapToObj(i -> new Frame(i * 37L, whole.slice(i * 1000, (i + 1) * 1000)))
                .toList();
        Response small = answer(200);
        Response response = new Response(
                small.headOrNull(),
                Framing.CHUNKED,
                -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                200_000,
                Ending.COMPLETE);
        return new Recording("big", request("x".repeat(2_000_000)), response, false);
    }

    static TapeChange.Seal seal(Tape tape, String cassette, Recording recording) {
        return new TapeChange.Seal(tape.nextRow(), cassette, recording, keys(recording.id()));
    }
}
