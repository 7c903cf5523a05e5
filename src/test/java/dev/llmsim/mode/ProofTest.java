package dev.llmsim.mode;

import static dev.llmsim.mode.Fixtures.answer;
import static dev.llmsim.mode.Fixtures.recording;
import static dev.llmsim.mode.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
    private static final Request ASKED = request("openai", "hello");
    private static final ResponseHead HEAD =
            new ResponseHead(200, "OK", Headers.of("vary", "a", "vary", "b", "content-type", "text/plain"));

    private final Proof proof = new Proof(
            Fixtures.MATCHES,
            ProofTest::withoutRot1,
            headers -> headers.without("set-cookie").without("content-length"));

    @Test
    void aFaithfulRecordingHasNoFlaw() {
        assertThat(flaw(response(HEAD, "hello ", "world"), response(HEAD, "hello world")))
                .isEmpty();
    }

    @Test
    void whatIsNotKeptAndHowItWasCodedDoesNotCount() {
        Response sent = response(
                new ResponseHead(
                        200,
                        "OK",
                        Headers.of(
                                "vary",
                                "a",
                                "Set-Cookie",
                                "s",
                                "vary",
                                "b",
                                "content-encoding",
                                "rot1",
                                "content-type",
                                "text/plain",
                                "content-length",
                                "3")),
                "bcd");

        assertThat(flaw(response(HEAD, "abc"), sent)).isEmpty();
    }

    @Test
    void aRequestThatWouldNotFindItIsAFlawThatNamesBothKeys() {
        Optional<String> flaw =
                proof.flaw(recording("r", request("openai", "hello!")), new RawExchange(ASKED, answer("answer of r")));

        assertThat(flaw)
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("would not find it")
                        .contains(Fixtures.MATCHING.contentKey().apply(ASKED).hex())
                        .contains(Fixtures.MATCHING
                                .contentKey()
                                .apply(request("openai", "hello!"))
                                .hex())
                        .doesNotContain("hello"));
    }

    @Test
    void aRecordingOfAnotherUpstreamIsAFlaw() {
        assertThat(proof.flaw(recording("r", request("later", "hello")), new RawExchange(ASKED, answer("answer of r"))))
                .hasValueSatisfying(text -> assertThat(text).contains("openai", "later"));
    }

    @Test
    void everyDifferenceIsAFlawAndIsNamedByPlaceNotByContent() {
        Response sent = response(HEAD, "hello world");

        assertThat(flaw(response(HEAD, "hello wOrld"), sent))
                .contains("the body differs, first at byte 7 (11 bytes were sent, 11 would be replayed)");
        assertThat(flaw(response(HEAD, "hello worl"), sent))
                .contains("the body differs, first at byte 10 (11 bytes were sent, 10 would be replayed)");
        assertThat(flaw(response(new ResponseHead(201, "OK", HEAD.headers()), "hello world"), sent))
                .contains("the status differs: 200 was sent, 201 would be replayed");
        assertThat(flaw(response(new ResponseHead(200, "", HEAD.headers()), "hello world"), sent))
                .contains("the reason phrase differs");
        assertThat(flaw(response(with("vary", "b", "vary", "a", "content-type", "text/plain"), "hello world"), sent))
                .contains("header 1 differs: vary was sent, vary would be replayed");
        assertThat(flaw(response(with("vary", "a", "vary", "b"), "hello world"), sent))
                .contains("the number of kept headers differs: 3 was sent, 2 would be replayed");
        assertThat(flaw(response(with("Vary", "a", "vary", "b", "content-type", "text/plain"), "hello world"), sent))
                .contains("header 1 differs: vary was sent, Vary would be replayed");
        assertThat(flaw(ended(sent, Framing.CLOSE, Ending.COMPLETE), sent))
                .contains("the framing differs: CHUNKED was sent, CLOSE would be replayed");
        assertThat(flaw(ended(sent, Framing.CHUNKED, Ending.UPSTREAM_RESET), sent))
                .contains("the ending differs: COMPLETE was sent, UPSTREAM_RESET would be replayed");
        assertThat(flaw(cutShort(sent, -1), cutShort(sent, 40)))
                .contains("the number of announced bytes that never came differs: 29 was sent, -12 would be replayed");
        assertThat(flaw(cutShort(sent, 40), cutShort(sent, 40))).isEmpty();
        assertThat(flaw(trailed(sent, "x-sum", "1"), trailed(sent, "x-sum", "2")))
                .contains("trailer 1 differs: x-sum was sent, x-sum would be replayed");
        assertThat(flaw(headless(), sent)).contains("the head differs: one was sent, none would be replayed");
        assertThat(flaw(headless(), headless())).isEmpty();
    }

    @Test
    void redactedSpansMayDifferAndNothingElse() {
        Response sent = response(HEAD, "{\"error\": \"Incorrect API key: sk-12345\"}");
        Response kept = response(HEAD, "{\"error\": \"Incorrect API key: {{secret:openai#1}}\"}");
        Response damaged = response(HEAD, "{\"error\": \"incorrect API key: {{secret:openai#1}}\"}");

        assertThat(proof.flaw(new Recording("r", ASKED, kept, true), new RawExchange(ASKED, sent)))
                .isEmpty();
        assertThat(proof.flaw(new Recording("r", ASKED, damaged, true), new RawExchange(ASKED, sent)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("the body differs outside redacted spans, first at byte 11")
                        .doesNotContain("sk-12345"));
        assertThat(flaw(kept, sent)).as("not marked as redacted").isPresent();
    }

    @Test
    void redactedHeadersMayDifferInTheirSpansOnly() {
        Response sent = response(with("x-echo", "key sk-1"), "x");
        Response kept = response(with("x-echo", "key {{secret:openai#1}}"), "x");
        Response damaged = response(with("x-echo", "Key {{secret:openai#1}}"), "x");

        assertThat(proof.flaw(new Recording("r", ASKED, kept, true), new RawExchange(ASKED, sent)))
                .isEmpty();
        assertThat(proof.flaw(new Recording("r", ASKED, damaged, true), new RawExchange(ASKED, sent)))
                .isPresent();
    }

    /** Of the key {@code Zx8/Lm+Q9rT2vB4==}; a placeholder is filled in one of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zx8/Lm+Q9rT2vB4==",
                "Zx8%2FLm%2BQ9rT2vB4%3D%3D",
                "Zx8%2fLm%2bQ9rT2vB4%3d%3d",
                "Zx8%2FLm+Q9rT2vB4==",
                "Zx8\\/Lm+Q9rT2vB4==",
                "Zx8/Lm\\u002bQ9rT2vB4==",
                "\\u005a\\u0078\\u0038\\u002f\\u004c\\u006d\\u002b\\u0051\\u0039rT2vB4\\u003d\\u003D",
                "%5A%78%38%2F%4C%6D%2B%51%39%72%54%32%76%42%34%3D%3D",
                "Wng4L0xtK1E5clQydkI0PT0=",
                "Wng4L0xtK1E5clQydkI0PT0%3D"
            })
    void aCredentialMayBeEchoedInAnySpelling(String echoed) {
        Request asked = Fixtures.withHeaders(ASKED, Headers.of("authorization", "Bearer Zx8/Lm+Q9rT2vB4=="));
        ResponseHead head = with("x-echo", "key " + echoed, "content-type", "application/json");
        Response sent = response(head, "{\"error\": \"Incorrect API key: " + echoed + ".\"}");
        RedactedRequest redacted = Fixtures.MATCHES.redactor().redact(asked);
        Response kept = Fixtures.MATCHES.redactor().redact(sent, redacted.secrets());

        assertThat(kept.body().utf8() + kept.head()).doesNotContain(echoed);
        assertThat(proof.flaw(new Recording("r", redacted.request(), kept, true), new RawExchange(asked, sent)))
                .isEmpty();
        Response other = response(head, "{\"error\": \"Incorrect API key: " + echoed + "!\"}");
        assertThat(proof.flaw(new Recording("r", redacted.request(), kept, true), new RawExchange(asked, other)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("the body differs outside redacted spans, after the first of them"));
    }

    @Test
    void redactedEventStreamMessagesHaveOtherLengthsAndChecksums() {
        Response sent = binary(message("{\"a\":1}"), message("{\"key\":\"sk-12345\"}"));
        Response kept = binary(message("{\"a\":1}"), message("{\"key\":\"{{secret:openai#1}}\"}"));
        Response damaged = binary(message("{\"a\":2}"), message("{\"key\":\"{{secret:openai#1}}\"}"));
        Response shorter = binary(message("{\"a\":1}"));

        assertThat(proof.flaw(new Recording("r", ASKED, kept, true), new RawExchange(ASKED, sent)))
                .isEmpty();
        assertThat(proof.flaw(new Recording("r", ASKED, damaged, true), new RawExchange(ASKED, sent)))
                .isPresent();
        assertThat(proof.flaw(new Recording("r", ASKED, shorter, true), new RawExchange(ASKED, sent)))
                .isPresent();
    }

    private Optional<String> flaw(Response kept, Response sent) {
        return proof.flaw(recording("r", ASKED, kept), new RawExchange(ASKED, sent));
    }

    private static ResponseHead with(String... headers) {
        return new ResponseHead(200, "OK", Headers.of(headers));
    }

    private static Response response(ResponseHead head, String... reads) {
        List<Frame> frames = List.of(reads).stream()
                .map(read -> new Frame(1, Bytes.utf8(read)))
                .toList();
        return response(head, frames);
    }

    private static Response binary(Bytes... messages) {
        return response(
                HEAD,
                List.of(messages).stream().map(bytes -> new Frame(1, bytes)).toList());
    }

    private static Response response(ResponseHead head, List<Frame> frames) {
        return new Response(
                head, Framing.CHUNKED, -1, frames, Headers.EMPTY, TimingSource.RECORDED, 1, 2, Ending.COMPLETE);
    }

    private static Response ended(Response response, Framing framing, Ending ending) {
        return new Response(
                response.headOrNull(),
                framing,
                -1,
                response.frames(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                2,
                ending);
    }

    private static Response cutShort(Response response, long declaredBytes) {
        return new Response(
                response.headOrNull(),
                Framing.LENGTH,
                declaredBytes,
                response.frames(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                2,
                Ending.UPSTREAM_TRUNCATED);
    }

    private static Response trailed(Response response, String name, String value) {
        return new Response(
                response.headOrNull(),
                Framing.CHUNKED,
                -1,
                response.frames(),
                Headers.of(name, value),
                TimingSource.RECORDED,
                1,
                2,
                Ending.COMPLETE);
    }

    private static Response headless() {
        return new Response(
                null, Framing.CLOSE, -1, List.of(), Headers.EMPTY, TimingSource.RECORDED, 0, 2, Ending.UPSTREAM_RESET);
    }

    /** A message of an AWS event stream without headers. */
    private static Bytes message(String payload) {
        Bytes bytes = Bytes.utf8(payload);
        byte[] array = new byte[16 + bytes.length()];
        ByteBuffer message = ByteBuffer.wrap(array);
        message.putInt(array.length).putInt(0).putInt(crc(array, 8));
        message.put(bytes.asByteBuffer());
        message.putInt(crc(array, array.length - 4));
        return Bytes.wrap(array);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Undoes a content coding of our own: each byte is one higher. */
    private static Response withoutRot1(Response sent) {
        ResponseHead head = sent.headOrNull();
        if (head == null || !head.headers().contains("content-encoding")) {
            return sent;
        }
        byte[] body = sent.body().toArray();
        for (int i = 0; i < body.length; i++) {
            body[i]--;
        }
        return response(
                new ResponseHead(head.status(), head.reason(), head.headers().without("content-encoding")),
                List.of(new Frame(1, Bytes.wrap(body))));
    }
}
