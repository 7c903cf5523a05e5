package dev.llmsim.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of a cassette file, as people see it in reviews. */
class CassetteTextTest {
    private static final Request CHAT = new Request(
            "openai",
            "POST",
            "/v1/chat/completions",
            Headers.of("openai-beta", "v2"),
            Bytes.utf8("{\"model\": \"gpt-4o\",\n \"stream\": true, \"temperature\":1.0}"));

    @Test
    void aStreamedAnswerIsOneEventALine() {
        Response response = stream(
                "event: message_start\ndata: {\"type\":\"message_start\"}\n\n",
                ": keep-alive\n\n",
                "data: it's\ndata: two lines\n\n",
                "data: [DONE]\n\n",
                "data: hal");

        assertText(new Recording("openai-chat-3f9a12c4", CHAT, response, true), """
                ---
                id: openai-chat-3f9a12c4
                redacted: true
                request:
                  to: openai POST /v1/chat/completions
                  headers: [[openai-beta, v2]]
                  json: |
                    {"model": "gpt-4o", "stream": true, "temperature": 1.0}
                response:
                  status: 200
                  framing: chunked
                  timing: recorded
                  headers: [[content-type, text/event-stream], [vary, Origin], [vary, Accept]]
                  trailers: [[x-checksum, '1']]
                  frames:
                  - {event: message_start, data: '{"type":"message_start"}'}
                  - ': keep-alive'
                  - "data: it's\\ndata: two lines"
                  - 'data: [DONE]'
                  - {text: 'data: hal'}
                  head-ms: 380.125
                  at-ms: [412, 412.001, 412.002, 412.003, 412.004]
                  end-ms: 431.2
                  ending: upstream-truncated
                """);
    }

    @Test
    void lineEndsOfAnotherKindAreNamedOnce() {
        Response response = stream("event: a\r\ndata: 1\r\n\r\n", "data: 2\r\n\r\n", "data: 3\n\n");

        assertThat(text(response)).contains("""
                  frame-end: "\\r\\n\\r\\n"
                  frames:
                  - {event: a, data: '1'}
                  - 'data: 2'
                  - {text: "data: 3\\n\\n"}
                """);
    }

    @Test
    void linesOfJsonAreStringsToo() {
        assertThat(text(stream("{\"a\":1}\n", "{\"a\":2}\n"))).contains("""
                  frame-end: "\\n"
                  frames:
                  - '{"a":1}'
                  - '{"a":2}'
                """);
    }

    @Test
    void binaryFramesAreBase64() {
        Response response = stream(Bytes.wrap(new byte[] {0, 0, 0, (byte) 0xaa}), Bytes.utf8("a\u0000b"));

        assertThat(text(response)).contains("""
                  - {base64: 'AAAAqg=='}
                  - {base64: 'YQBi'}
                """);
    }

    @Test
    void aWholeJsonBodyIsPrettyOnlyWhereItsBytesComeBack() {
        String compact = "{\"text\":\"" + "x".repeat(90) + "\",\"n\":1.50}";

        assertThat(text(stream(compact))).contains("""
                  frames:
                  - json: |
                      {
                        "text": "%s",
                        "n": 1.50
                      }
                """.formatted("x".repeat(90)));
        assertThat(text(stream(compact.replace(":1", ": 1")))).contains("- {text: '{\"text\"");
    }

    @Test
    void aWholeTextBodyIsABlock() {
        assertThat(text(stream("{\n  \"a\": 1\n}\n"))).contains("""
                  frames:
                  - text: |
                      {
                        "a": 1
                      }
                  head-ms: 380.125
                """);
    }

    @Test
    void anAnswerWithoutAHeadHasNoStatus() {
        Response reset = new Response(
                null,
                Framing.CLOSE,
                -1,
                List.of(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                20_000,
                Ending.UPSTREAM_RESET);

        assertText(new Recording("x-00000000", CHAT.withBody(Bytes.EMPTY), reset, false), """
                ---
                id: x-00000000
                request:
                  to: openai POST /v1/chat/completions
                  headers: [[openai-beta, v2]]
                response:
                  status: none
                  framing: close
                  timing: recorded
                  end-ms: 20
                  ending: upstream-reset
                """);
    }

    @Test
    void theAnnouncedLengthIsWrittenWhereItIsNotTheBodys() {
        Response whole = length("abc", 3);
        Response cut = length("abc", 10);

        assertThat(text(whole)).doesNotContain("declared-bytes");
        assertThat(text(cut)).contains("\n  framing: length\n  declared-bytes: 10\n  timing");
        assertThat(text(length("", -1))).contains("\n  declared-bytes: none\n");
    }

    @Test
    void multipartBodiesAreListedPartByPart() {
        String body = """
                --XyZ
                Content-Disposition: form-data; name="file"
                Content-Type: text/plain

                hello
                --XyZ
                Content-Disposition: form-data; name="n"

                1
                --XyZ--
                """.replace("\n", "\r\n");

        assertThat(text(CHAT.withBody(Bytes.utf8(body)))).contains("""
                  parts:
                    boundary: XyZ
                    list:
                    - headers: [[Content-Disposition, 'form-data; name="file"'], [Content-Type, text/plain]]
                      text: 'hello'
                    - headers: [[Content-Disposition, 'form-data; name="n"']]
                      text: '1'
                """);
        assertThat(text(CHAT.withBody(Bytes.utf8(body.replace("--XyZ--\r\n", "--XyZ--")))))
                .contains("  text: ");
    }

    @Test
    void jsonThatWouldLoseSomethingStaysText() {
        assertThat(text(CHAT.withBody(Bytes.utf8("{\"a\":1,\"a\":2}")))).contains("  text: '{\"a\":1,\"a\":2}'");
        assertThat(text(CHAT.withBody(Bytes.utf8("{\"a\":1} x")))).contains("  text: '{\"a\":1} x'");
        assertThat(text(CHAT.withBody(Bytes.utf8("[".repeat(300) + "]".repeat(300)))))
                .contains("  text: '[[");
        assertThat(text(CHAT.withBody(Bytes.wrap(new byte[] {(byte) 0xff})))).contains("  base64: '/w=='");
    }

    @Test
    void numbersAndOrderOfJsonRequestsAreKept() {
        String body =
                "{\"z\":1.0,\"a\":1,\"e\":1E400,\"i\":123456789012345678901234567890,\"m\":-0.0,\"s\":\"\\ud83d\"}";

        Recording read =
                parse(document(new Recording("x-00000000", CHAT.withBody(Bytes.utf8(body)), length("", 0), false)));

        assertThat(read.request().body()).isEqualTo(Bytes.utf8(body));
    }

    @Test
    void textsThatLookLikeOtherTypesStayTexts() {
        for (String text :
                List.of("yes", "null", "~", "1_000", "1E400", "0x1f", "12:30", "2024-01-01", "", " a ", "#a", "- a")) {
            Recording read = parse(document(new Recording(
                    "x-00000000",
                    CHAT,
                    new Response(
                            new ResponseHead(200, text, Headers.of("a", text.stripLeading())),
                            Framing.CHUNKED,
                            -1,
                            List.of(new Frame(0, Bytes.utf8(text + "\n\n")), new Frame(0, Bytes.utf8(text))),
                            Headers.EMPTY,
                            TimingSource.RECORDED,
                            0,
                            0,
                            Ending.COMPLETE),
                    false)));

            assertThat(read.response().head().orElseThrow())
                    .isEqualTo(new ResponseHead(200, text, Headers.of("a", text.stripLeading())));
            assertThat(read.response().body()).isEqualTo(Bytes.utf8(text + "\n\n" + text));
        }
    }

    private static void assertText(Recording recording, String expected) {
        assertThat(document(recording)).isEqualTo(expected);
        assertThat(parse(expected).response()).isEqualTo(recording.response());
        assertThat(document(parse(expected))).isEqualTo(expected);
    }

    private static String text(Response response) {
        Recording recording = new Recording("x-00000000", CHAT, response, false);
        assertThat(parse(document(recording)).response()).isEqualTo(response);
        return document(recording);
    }

    private static String text(Request request) {
        Recording recording = new Recording("x-00000000", request, length("", 0), false);
        assertThat(parse(document(recording)).request()).isEqualTo(request);
        return document(recording);
    }

    private static String document(Recording recording) {
        return CassetteText.interaction(recording, blob -> {
            throw new AssertionError("blob of " + blob.length());
        });
    }

    @Test
    void headersOfManyWordsAreWritten() {
        String words = "word ".repeat(20_000).strip();
        Response response = stream("data: 1\n\n");
        Response wordy = new Response(
                new ResponseHead(200, "OK", Headers.of("x-words", words, "x-ids", "ab1_".repeat(20_000))),
                response.framing(),
                -1,
                response.frames(),
                Headers.EMPTY,
                response.timing(),
                response.headMicros(),
                response.endMicros(),
                Ending.COMPLETE);
        Recording recording =
                new Recording("id", new Request("openai", "POST", "/", Headers.EMPTY, Bytes.EMPTY), wordy, false);
        String text = CassetteText.interaction(recording, BlobFolder::hash);

        assertThat(text).contains("[x-words, " + words + "]");
        assertThat(parse(text)).isEqualTo(recording);
    }

    private static Recording parse(String document) {
        StringReader reader = new StringReader(CassetteText.header() + document);
        return CassetteText.parse("test", reader, (hash, place) -> {
                    throw new AssertionError(hash);
                })
                .get(0);
    }

    private static Response stream(String... frames) {
        return stream(List.of(frames).stream().map(Bytes::utf8).toArray(Bytes[]::new));
    }

    private static Response stream(Bytes... frames) {
        List<Frame> timed = new ArrayList<>();
        for (Bytes frame : frames) {
            timed.add(new Frame(412_000 + timed.size(), frame));
        }
        return new Response(
                new ResponseHead(
                        200, "OK", Headers.of("content-type", "text/event-stream", "vary", "Origin", "vary", "Accept")),
                Framing.CHUNKED,
                -1,
                timed,
                Headers.of("x-checksum", "1"),
                TimingSource.RECORDED,
                380_125,
                431_200,
                Ending.UPSTREAM_TRUNCATED);
    }

    private static Response length(String body, long declaredBytes) {
        return new Response(
                new ResponseHead(200, "OK", Headers.EMPTY),
                Framing.LENGTH,
                declaredBytes,
                body.isEmpty() ? List.of() : List.of(new Frame(1, Bytes.utf8(body))),
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                1,
                Ending.COMPLETE);
    }
}
