package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * An exchange whose whole content follows from its slot and its name, so that whoever finds it can tell whether it is whole. Exchanges of one slot
 * have equal requests but for a header.
 */
record SelfDescribing(String slot, String name) {
    private static final int BIG_BODY_BYTES = 1_500_000;

    static SelfDescribing of(Request request) {
        return new SelfDescribing(
                request.path().substring("/slot/".length()),
                request.headers().first("x-name").orElseThrow());
    }

    Request head() {
        return new Request("openai", "POST", "/slot/" + slot, Headers.of("x-name", name), Bytes.EMPTY);
    }

    Bytes requestBody() {
        return Bytes.utf8(("{\"slot\":\"" + slot + "\"}").repeat(1 + Math.floorMod(slot.hashCode(), 40)));
    }

    List<Bytes> responseReads() {
        Random random = new Random(name.hashCode());
        List<Bytes> reads = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            reads.add(random(random, 1 + random.nextInt(900)));
        }
        if (name.hashCode() % 97 == 0) {
            reads.add(random(random, BIG_BODY_BYTES));
        }
        return reads;
    }

    ResponseHead responseHead() {
        return new ResponseHead(200, "OK", Headers.of("x-name", name, "vary", "a", "vary", "b"));
    }

    /** Plays the whole exchange through {@code source}. */
    void play(CaptureSource source) {
        play(source.begin(head()));
    }

    /** Plays the whole exchange into {@code capture}, which {@link #head} began. */
    void play(Capture capture) {
        long nanos = System.nanoTime();
        capture.requestBytes(requestBody());
        capture.requestSent(nanos);
        capture.responseHead(responseHead(), Framing.CHUNKED, -1, nanos + 1_000_000);
        for (Bytes read : responseReads()) {
            nanos += 1_000_000;
            if (!capture.responseBytes(read, nanos + 1_000_000)) {
                capture.giveUp("the recorder is behind");
                return;
            }
        }
        capture.trailers(Headers.of("x-end", name));
        capture.seal(Ending.COMPLETE, System.nanoTime());
    }

    Labels labels() {
        return new Labels("openai-chat-" + key().hex().substring(0, 8), new Keys(key(), key(), 1, null));
    }

    Key key() {
        return Key.hash(slot.getBytes(StandardCharsets.UTF_8));
    }

    /** What is wrong with a recording that should be of a self-describing exchange. */
    static Optional<String> wrong(Recording recording) {
        SelfDescribing said = of(recording.request());
        boolean whole = recording.request().body().equals(said.requestBody())
                && recording.response().body().equals(Bytes.concat(said.responseReads()))
                && recording.response().head().orElseThrow().equals(said.responseHead())
                && recording.response().trailers().equals(Headers.of("x-end", said.name()))
                && recording.response().frames().size() == said.responseReads().size();
        return whole ? Optional.empty() : Optional.of(recording.id() + " is not what " + said + " describes");
    }

    /** Steps that keep such exchanges as they are. */
    static RecorderSteps steps() {
        return new RecorderSteps(
                head -> head,
                raw -> new Draft(raw.request(), raw.response(), false),
                (draft, raw) -> of(draft.request()).labels(),
                (onTape, sent) -> wrong(onTape));
    }

    private static Bytes random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
