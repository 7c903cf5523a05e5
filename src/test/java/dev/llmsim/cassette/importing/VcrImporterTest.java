package dev.llmsim.cassette.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.cassette.importing.ImportNote.Kind;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.TimingSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corners of VCR files that the corpus does not have. */
class VcrImporterTest {
    private static final String FILE = """
            interactions:
            - request:
                body: %s
                headers: %s
                method: POST
                uri: %s
              response:
                %s
                headers: %s
                status: {code: 200, message: OK}
            version: 1
            """;
    private static final String URI = "https://api.openai.com/v1/chat/completions";

    @Test
    void timingIsTheDocumentedModel() {
        Recording recording = only(vcr(
                "{}",
                "{}",
                URI,
                "body: {string: \"data: 1\\n\\ndata: 2\\n\\n\"}",
                "{content-type: [text/event-stream]}"));

        assertThat(recording.response().timing()).isEqualTo(TimingSource.MODELLED);
        assertThat(recording.response().headMicros()).isEqualTo(350_000);
        assertThat(recording.response().frames())
                .containsExactly(
                        new Frame(400_000, Bytes.utf8("data: 1\n\n")), new Frame(420_000, Bytes.utf8("data: 2\n\n")));
        assertThat(recording.response().endMicros()).isEqualTo(420_000);
        assertThat(recording.response().framing()).isEqualTo(Framing.CHUNKED);
    }

    @Test
    void gzipBodiesAreDecodedWhetherStoredAsBytesOrAsText() throws IOException {
        byte[] gzip = gzip("{\"a\":1}");
        String base64 = "body: {string: !!binary " + Base64.getEncoder().encodeToString(gzip) + "}";
        StringBuilder escaped = new StringBuilder("body: {string: \"");
        for (byte b : gzip) {
            escaped.append("\\x%02X".formatted(b & 0xFF));
        }

        for (String body : new String[] {base64, escaped + "\"}"}) {
            Imported imported = vcr("{}", "{}", URI, body, "{Content-Encoding: [gzip], X: [y]}");

            assertThat(only(imported).response().body()).isEqualTo(Bytes.utf8("{\"a\":1}"));
            assertThat(only(imported).response().head().orElseThrow().headers()).isEqualTo(Headers.of("X", "y"));
            assertThat(imported.count(Kind.BODY_DECODED)).isEqualTo(1);
            assertThat(only(imported).response().declaredBytes()).isEqualTo(7);
        }
    }

    @Test
    void aBodyThatWasDecodedBeforeIsLeftAsItIs() {
        Imported imported = vcr("{}", "{}", URI, "body: {string: '{}'}", "{content-encoding: [br]}");

        assertThat(only(imported).response().body()).isEqualTo(Bytes.utf8("{}"));
        assertThat(only(imported).response().head().orElseThrow().headers()).isEqualTo(Headers.EMPTY);
    }

    @Test
    void anAnswerThatCannotBeDecodedIsCutThereAndNoted() {
        Imported imported = vcr("{}", "{}", URI, "body: {string: !!binary /////w==}", "{content-encoding: [br]}");

        assertThat(only(imported).response().body()).isEqualTo(Bytes.EMPTY);
        assertThat(only(imported).response().ending()).isEqualTo(Ending.UPSTREAM_TRUNCATED);
        assertThat(only(imported).response().head().orElseThrow().headers()).isEqualTo(Headers.EMPTY);
        assertThat(imported.notes())
                .filteredOn(note -> note.kind() == Kind.BODY_NOT_DECODED)
                .singleElement()
                .hasToString("test.yaml, interaction 1: answer cut where its content encoding could not be undone:"
                        + " content-encoding br: brotli: padding that is not zeros (expected: a valid stream)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1.0            | 1.0
            1              | 1
            -0             | -0
            1.4e-05        | 1.4e-05
            1e5            | "1e5"
            1.e+3          | 1E+3
            12345678901234567890123 | 12345678901234567890123
            1_000          | 1000
            +5             | 5
            0x1F           | 31
            0x_            | "0x_"
            0b__           | "0b__"
            -0x_1_F_       | -31
            +_             | "+_"
            017            | 15
            0b101          | 5
            yes            | true
            Off            | false
            ~              | null
            'yes'          | "yes"
            "\\ud83d"      | "\\ud83d"
            !!str 1        | "1"
            !!python/unicode 'a' | "a"
            2024-01-01     | "2024-01-01"
            .inf           | null
            "a/\\"\\n\\x01é\\u2028" | "a/\\"\\n\\u0001éLS"
            {b: 1, a: [x, {}]} | {"b":1,"a":["x",{}]}
            """)
    void parsedBodiesBecomeTheFixedSerialisation(String yaml, String json) {
        Imported imported = vcr("{}", "{}", URI, "parsed_body: {v: " + yaml.replace("\\\\", "\\") + "}", "{}");

        assertThat(only(imported).response().body().utf8())
                .isEqualTo("{\"v\":" + json.replace("\\\\", "\\").replace("LS", "\u2028") + "}");
        assertThat(imported.count(Kind.NUMBER_LOST)).isEqualTo(yaml.equals(".inf") ? 1 : 0);
    }

    @Test
    void requestBodiesComeInEveryForm() {
        assertThat(requestBody("'{\"a\": 1}'")).isEqualTo("{\"a\": 1}");
        assertThat(requestBody("null")).isEmpty();
        assertThat(requestBody("''")).isEmpty();
        assertThat(requestBody("5")).isEqualTo("5");
        assertThat(requestBody("!!binary aGk=")).isEqualTo("hi");
        assertThat(requestBody("{string: hi}")).isEqualTo("hi");
        assertThat(requestBody("{base64_string: aGk=}")).isEqualTo("hi");
        assertThat(requestBody("{a: 1, b: [2]}")).isEqualTo("{\"a\":1,\"b\":[2]}");
        assertThat(requestBody("\"\"\n    parsed_body: {a: é}")).isEqualTo("{\"a\":\"é\"}");
    }

    @Test
    void headersThatTakePartInMatchingAreKeptAndOthersLeaveThemUnknown() {
        Imported none = vcr("{}", "{accept: ['*/*'], host: [a], User-Agent: [b]}", URI, "body: {string: ''}", "{}");
        Imported some = vcr("{}", "{openai-beta: !!binary djI=}", URI, "body: {string: ''}", "{}");

        assertThat(only(none).request().headers()).isEqualTo(Headers.UNKNOWN);
        assertThat(none.count(Kind.REQUEST_HEADERS_UNKNOWN)).isEqualTo(1);
        assertThat(only(some).request().headers()).isEqualTo(Headers.of("openai-beta", "v2"));
        assertThat(some.count(Kind.REQUEST_HEADERS_UNKNOWN)).isZero();
    }

    @Test
    void connectionHeadersGoAndRepeatedOnesStayInOrder() {
        Recording recording = only(vcr(
                "{}",
                "{}",
                URI,
                "body: {string: abc}",
                "{vary: [Origin, Accept], connection: [keep-alive], content-length: ['3'], x: [é]}"));

        assertThat(recording.response().head().orElseThrow().headers())
                .isEqualTo(Headers.of("vary", "Origin", "vary", "Accept", "x", "Ã©"));
        assertThat(recording.response().framing()).isEqualTo(Framing.LENGTH);
        assertThat(recording.response().declaredBytes()).isEqualTo(3);
    }

    @Test
    void addressesAreKeptAsTheyStood() {
        assertThat(request("https://api.openai.com/v1/a%3A0/b?x=%20&y#z")).isEqualTo("openai POST /v1/a%3A0/b?x=%20&y");
        assertThat(request("https://llm.example.com:8443/v1")).isEqualTo("https://llm.example.com:8443 POST /v1");
        assertThat(request("http://localhost")).isEqualTo("http://localhost POST /");
        assertThat(request("'https://api.openai.com/v1/a b|c?q=é'")).isEqualTo("openai POST /v1/a%20b%7Cc?q=%C3%A9");
    }

    @Test
    void whatHasNoPlaceIsNoted() {
        Imported imported = vcr("''", "{}", "https://x.example/", "body: {string: a}\n    protocol: h2", "{}");

        assertThat(imported.notes())
                .extracting(ImportNote::kind)
                .containsExactlyInAnyOrder(
                        Kind.FIELD_IGNORED, Kind.UPSTREAM_UNKNOWN, Kind.REQUEST_HEADERS_UNKNOWN, Kind.TIMING_MODELLED);
        assertThat(imported.notes().toString()).contains("response.protocol").contains("https://x.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!python/object:os.system [a]",
                "!!python/object/apply:os.system ['true']",
                "!!java.net.URL ['http://x']",
                "!custom a",
                "{a: 1, a: 2}",
                "{? [a] : b}",
                "!!binary '!'",
                "[[[[[",
            })
    void hostileValuesAreRefused(String value) {
        assertRefused(() -> vcr("{}", "{}", URI, "parsed_body: " + value, "{}"));
    }

    @Test
    void deepNestingIsRefused() {
        assertRefused(() -> vcr("{}", "{}", URI, "parsed_body: " + "[".repeat(300) + "]".repeat(300), "{}"));
    }

    @Test
    void aliasesWorkButCannotMultiply() {
        Imported imported = vcr("{}", "{}", URI, "parsed_body: [&a {x: 1}, *a]", "{}");
        assertThat(only(imported).response().body().utf8()).isEqualTo("[{\"x\":1},{\"x\":1}]");

        StringBuilder bomb = new StringBuilder("parsed_body: [&a0 [x,x,x,x,x,x,x,x,x,x]");
        for (int i = 1; i < 9; i++) {
            bomb.append(", &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("x]");
        }
        assertRefused(() -> vcr("{}", "{}", URI, bomb + "]", "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 2\ninteractions: []",
                "a: b",
                "interactions: {a: b}",
                "interactions: [a]",
                "interactions: [{request: {}}]",
                "interactions: []\n---\ninteractions: []",
                "- request: {}",
            })
    void otherYamlIsRefused(String text) {
        assertRefused(() -> read(text));
    }

    @Test
    void wrongStatusAndAddressAreRefused() {
        assertRefused(() -> vcr("{}", "{}", "/v1/x", "body: {string: a}", "{}"));
        assertRefused(
                () -> read(FILE.formatted("''", "{}", URI, "body: a", "{}").replace("code: 200", "code: abc")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://my_host:8080/v1?key=AIzaSECRET",
                "http://user:AIzaSECRET@my_host/v1",
                "ftp://host/v1?key=AIzaSECRET",
                "/v1?key=AIzaSECRET",
                "'http://my_host:80 80/?key=AIzaSECRET'",
                "'http://[?key=AIzaSECRET'",
            })
    void addressesThatCannotBeUsedAreRefusedWithoutTheirKeys(String uri) {
        assertThatThrownBy(() -> vcr("{}", "{}", uri, "body: {string: a}", "{}"))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CASSETTE_INVALID))
                .hasMessageStartingWith("test.yaml:6: uri")
                .satisfies(e -> assertThat(stack(e)).doesNotContain("AIzaSECRET"));
    }

    private static String stack(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void endlessNumbersAreRefusedAtTheirPlace() {
        for (String number : List.of("+" + "1".repeat(1_500_000), "1_" + "0".repeat(20_000) + ".5")) {
            assertThatThrownBy(() -> vcr("{}", "{}", URI, "parsed_body: {a: " + number + "}", "{}"))
                    .isInstanceOf(LlmSimException.class)
                    .hasMessageStartingWith("test.yaml:8: number: " + number.substring(0, 9))
                    .hasMessageContaining("at most 10000 characters");
        }
    }

    @Test
    void answersKeepNoHeaderThatRecordingWouldDrop() {
        String headers =
                "{Set-Cookie: [a=b], x: [y], proxy-authenticate: [z], Keep-Alive: [a], Connection: [q], q: [r]}";

        Recording recording = only(vcr("{}", "{}", URI, "body: {string: a}", headers));

        assertThat(recording.response().head().orElseThrow().headers()).isEqualTo(Headers.of("x", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\\r\\nX-Evil\": [a]}", "{x y: [a]}", "{x: [\"a\\x00\"]}", "{'': [a]}"})
    void headersThatHttpDoesNotAllowAreRefused(String headers) {
        assertRefused(() -> vcr("{}", "{}", URI, "body: {string: a}", headers));
        assertRefused(() -> vcr("{}", headers, URI, "body: {string: a}", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "101", "99", "1000"})
    void interimStatusesAreRefused(String code) {
        assertRefused(
                () -> read(FILE.formatted("''", "{}", URI, "body: a", "{}").replace("code: 200", "code: " + code)));
    }

    private static void assertRefused(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CASSETTE_INVALID))
                .hasMessageStartingWith("test.yaml:");
    }

    private static String requestBody(String yaml) {
        return only(vcr(yaml, "{}", URI, "body: {string: a}", "{}"))
                .request()
                .body()
                .utf8();
    }

    private static String request(String uri) {
        var request = only(vcr("{}", "{}", uri, "body: {string: a}", "{}")).request();
        return request.upstream() + " " + request.method() + " " + request.target();
    }

    private static Imported vcr(String body, String requestHeaders, String uri, String response, String headers) {
        return read(FILE.formatted(body, requestHeaders, uri, response, headers));
    }

    private static Imported read(String text) {
        return new VcrImporter(Corpus.settings()).read("test", "test.yaml", new StringReader(text));
    }

    private static Recording only(Imported imported) {
        return imported.cassettes().get(0).recordings().get(0);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
