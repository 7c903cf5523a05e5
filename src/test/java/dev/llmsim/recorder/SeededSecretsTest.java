package dev.llmsim.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.cassette.redaction.Seeds;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.coding.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fake keys in every place where real ones are seen; then all that would be written is searched for them. */
class SeededSecretsTest {
    private static final String HEADER_KEY = "sk-proj-H1xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String OTHER_HEADER_KEY = "5f8e7d6c5b4a39281706f5e4d3c2b1a0";
    private static final String PASSWORD = "pA55-w0rd/with+odd=chars";
    private static final String COOKIE = "c00kie-Zk3LmQ9sW2Zk3";
    private static final String FORM_SECRET = "f0rm+secret/value=1";
    private static final String JSON_SECRET = "j50n-secret-value-8812";
    private static final String TOOL_TOKEN = "t00l-token-value-99123";
    private static final String PROMPT_KEY = "AIzaSyP7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String FRESH_KEY = "ek_68af296e8e408191a1120ab6383263c2";
    private static final String FRESH_TOKEN = "fr35h-access-token-4711";
    private static final String ENVIRONMENT_SECRET = "3nv-Zk3LmQ9sW2Zk3LmQ9sW2";
    private static final List<String> ALL = List.of(
            HEADER_KEY,
            OTHER_HEADER_KEY,
            PASSWORD,
            COOKIE,
            FORM_SECRET,
            JSON_SECRET,
            TOOL_TOKEN,
            PROMPT_KEY,
            FRESH_KEY,
            FRESH_TOKEN,
            ENVIRONMENT_SECRET);

    private final Redactor redactor = new Redactor(Map.of("CI_SECRET", ENVIRONMENT_SECRET));
    private final Development development = new Development(redactor);

    /** A request, and what of it a server might echo. */
    private record Sent(String name, Request request, List<String> echoed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sent> sent() {
        String json = "{\"model\":\"m\",\"api_key\":\"" + JSON_SECRET + "\",\"tools\":[{\"type\":\"mcp\",\"headers\":"
                + "{\"X-Auth\":\"" + TOOL_TOKEN + "\"}}],\"input\":\"my key is " + PROMPT_KEY + " and "
                + ENVIRONMENT_SECRET + "\"}";
        List<String> inJson = List.of(JSON_SECRET, TOOL_TOKEN, PROMPT_KEY, ENVIRONMENT_SECRET);
        String basic = Base64.getEncoder().encodeToString(("bob:" + PASSWORD).getBytes(UTF_8));
        return List.of(
                sent("bearer", "/v1/x", "application/json", json, inJson, "Authorization", "Bearer " + HEADER_KEY),
                sent(
                        "basic",
                        "/v1/x",
                        "application/json",
                        json,
                        List.of(PASSWORD, basic),
                        "authorization",
                        "Basic " + basic),
                sent("x-api-key", "/v1/x", "application/json", json, inJson, "X-Api-Key", HEADER_KEY),
                sent("x-goog-api-key", "/v1/x", "application/json", json, inJson, "x-goog-api-key", OTHER_HEADER_KEY),
                sent("query", "/v1/x?alt=sse&key=" + HEADER_KEY, "application/json", json, List.of(HEADER_KEY)),
                sent("cookie", "/v1/x", "application/json", json, List.of(COOKIE), "Cookie", "a=b; sid=" + COOKIE),
                sent(
                        "form",
                        "/v1/x",
                        "application/x-www-form-urlencoded",
                        "client_secret=" + URLEncoder.encode(FORM_SECRET, UTF_8) + "&q=" + PROMPT_KEY,
                        List.of(FORM_SECRET)),
                sent(
                        "form as it was typed",
                        "/v1/x",
                        "application/x-www-form-urlencoded",
                        "client_secret=" + TOOL_TOKEN + "&name=Jos\u00e9&q=" + PROMPT_KEY,
                        List.of(TOOL_TOKEN)),
                sent(
                        "base64 in a prompt",
                        "/v1/x",
                        "application/json",
                        "{\"input\":\""
                                + Base64.getEncoder().encodeToString(("{\"k\":\"" + HEADER_KEY + "\"}").getBytes(UTF_8))
                                + "\"}",
                        List.of(),
                        "authorization",
                        "Bearer " + HEADER_KEY));
    }

    private static Sent sent(
            String name, String target, String type, String body, List<String> echoed, String... headers) {
        Headers all = Headers.of(headers).with("Content-Type", type).with("Cookie2", "x");
        List<String> more = new ArrayList<>(echoed);
        all.first("x-api-key").ifPresent(more::add);
        return new Sent(name, new Request("openai", "POST", target, all, Bytes.utf8(body)), more);
    }

    @ParameterizedTest
    @MethodSource("sent")
    void noSeededSecretIsWrittenAndTheAnswerIsFilledBack(Sent sent) throws IOException {
        for (boolean compressed : List.of(false, true)) {
            for (int readBytes : List.of(1, 7, 50, 100_000)) {
                Response wire = answer(echo(sent), compressed, readBytes);
                Developed developed = development.develop(new RawExchange(sent.request(), wire));
                String written = Seeds.written(developed.request()) + Seeds.written(developed.response());
                for (String secret : ALL) {
                    assertThat(Seeds.contains(written, secret))
                            .as(secret + " in " + written)
                            .isFalse();
                }
                assertThat(developed.redacted()).isTrue();
                RedactedRequest present = redactor.redact(sent.request());
                assertThat(present.request()).isEqualTo(developed.request());
                String filled =
                        present.secrets().fill(developed.response()).body().utf8();
                assertThat(filled)
                        .isEqualTo(plain(wire)
                                .replace(FRESH_KEY, "{{secret:ephemeral#1}}")
                                .replace(FRESH_TOKEN, "{{secret:field#" + fieldNumber(sent) + "}}"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sent")
    void compressedRequestIsWrittenAsThePlainOne(Sent sent) throws IOException {
        Request coded = new Request(
                "openai",
                "POST",
                sent.request().target(),
                sent.request().headers().with("content-encoding", "gzip"),
                gzip(sent.request().body().utf8()));
        assertThat(redactor.redact(coded).request())
                .isEqualTo(redactor.redact(sent.request()).request());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void requestAsItWasWrittenIsTheSameRequestWhenItIsSentAgain(Sent sent) {
        Request written = redactor.redact(sent.request()).request();
        assertThat(redactor.redact(written).request()).isEqualTo(written);
        Request withCredential = new Request(
                "openai", "POST", written.target(), written.headers().with("x-api-key", FRESH_TOKEN), written.body());
        assertThat(redactor.redact(withCredential).request()).isEqualTo(written);
    }

    private static int fieldNumber(Sent sent) {
        return switch (sent.name()) {
            case "form", "form as it was typed" -> 2;
            case "base64 in a prompt" -> 1;
            default -> 3;
        };
    }

    private static String echo(Sent sent) {
        StringBuilder stream = new StringBuilder("data: {\"start\":true}\n\n");
        for (String secret : sent.echoed()) {
            stream.append("data: {\"raw\":\"Incorrect API key provided: ")
                    .append(secret)
                    .append("\"}\r\n\r\n");
            stream.append("data: {\"base64\":\"")
                    .append(base64("x" + secret + "yz"))
                    .append("\"}\n\n");
            stream.append("data: {\"url\":\"https://h/?k=")
                    .append(URLEncoder.encode(secret, UTF_8))
                    .append("\"}\n\n");
        }
        return stream.append("data: {\"client_secret\":{\"value\":\"")
                .append(FRESH_KEY)
                .append("\"},\"access_token\":\"")
                .append(FRESH_TOKEN)
                .append("\"}\n\ndata: [DONE]\n\n")
                .toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String plain(Response wire) {
        String coding =
                wire.head().orElseThrow().headers().first("content-encoding").orElse("");
        Decoded.Plain plain = (Decoded.Plain) ContentCoding.decode(wire.frames(), coding);
        return plain.bytes().utf8();
    }

    private static Response answer(String body, boolean compressed, int readBytes) throws IOException {
        Bytes wire = compressed ? gzip(body) : Bytes.utf8(body);
        List<Frame> reads = new ArrayList<>();
        for (int at = 0; at < wire.length(); at += readBytes) {
            reads.add(new Frame(reads.size(), wire.slice(at, Math.min(wire.length(), at + readBytes))));
        }
        Headers headers = Headers.of("Content-Type", "text/event-stream", "Set-Cookie", "sid=" + COOKIE);
        return new Response(
                new ResponseHead(200, "OK", compressed ? headers.with("content-encoding", "gzip") : headers),
                Framing.CHUNKED,
                -1,
                reads,
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                reads.size(),
                Ending.COMPLETE);
    }

    private static Bytes gzip(String text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(wire)) {
            out.write(text.getBytes(UTF_8));
        }
        return Bytes.wrap(wire.toByteArray());
    }
}
