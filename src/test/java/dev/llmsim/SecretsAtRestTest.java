package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.cassette.redaction.Seeds;
import dev.llmsim.cli.Main;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.store.ChildJvm;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.testkit.RawAnswer;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fake keys cross real sockets in every place where real ones do; then every byte that was written is searched for them. */
class SecretsAtRestTest {
    private static final Keys OURS = new Keys(
            "sk-proj-H1xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu",
            "5f8e7d6c5b4a39281706f5e4d3c2b1a0",
            "pA55-w0rd/with+odd=chars",
            "c00kie-Zk3LmQ9sW2Zk3",
            "f0rm+secret/value=1",
            "j50n-secret-\\\"value-8812",
            "t00l-token-value-99123",
            "AIzaSyP7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu",
            "3nv-Zk3LmQ9sW2Zk3LmQ9sW2");
    private static final Keys THEIRS = new Keys(
            "sk-proj-T7qW3nXc8MrV5yBd2GfJ9kLpA4sEhUz6",
            "0123fedc4567ba98a1b2c3d4e5f60718",
            "an0ther/pass+w0rd",
            "b15cuit-Qw8ErT5yU1oP",
            "an0ther+form/secret=22",
            "an0ther-j50n-\\\"value-1",
            "an0ther-t00l-token-1",
            "AIzaSyQ8yU3nWc0MqS5xAt9OdZ2eIg7LkH4bFv",
            "3nv-Qw8ErT5yU1oPQw8ErT5yU1oP");
    private static final String FRESH_KEY = "ek_68af296e8e408191a1120ab6383263c2";
    private static final String FRESH_TOKEN = "fr35h-access-token-4711";
    private static final String SESSION_COOKIE = "s3ssion-P0iUyT6rEw";
    private static final List<Integer> PIECES = List.of(1, 13, 100_000);

    @TempDir
    private Path folder;

    private volatile String nextAnswer = "";
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    /** One person's credentials. Those of the JSON body are given as they stand between its quotes. */
    private record Keys(
            String bearer,
            String opaque,
            String password,
            String cookie,
            String form,
            String json,
            String tool,
            String prompt,
            String environment) {
        String basic() {
            return base64("bob:" + password);
        }

        List<String> all() {
            return List.of(
                    bearer,
                    opaque,
                    password,
                    basic(),
                    cookie,
                    form,
                    json,
                    json.replace("\\", ""),
                    tool,
                    prompt,
                    environment);
        }
    }

    /** A request and the credentials in it that its answer repeats. */
    private record Sent(String name, String target, List<String> headers, String body, List<String> echoed) {}

    private static List<Sent> sent(Keys keys) throws IOException {
        String json = "{\"model\":\"m\",\"api_key\":\"" + keys.json + "\",\"tools\":[{\"type\":\"mcp\",\"server_url\":"
                + "\"https://h/\",\"headers\":{\"X-Auth\":\"" + keys.tool + "\"}}],\"input\":\"my key is " + keys.prompt
                + " and " + keys.environment + "\"}";
        List<String> inJson = List.of(keys.tool, keys.prompt, keys.environment);
        String form = "client_secret=" + URLEncoder.encode(keys.form, UTF_8) + "&q=" + keys.prompt;
        return List.of(
                sent("bearer", json, List.of(keys.bearer), "Authorization: Bearer " + keys.bearer),
                sent("basic", json, List.of(keys.password, keys.basic()), "authorization: Basic " + keys.basic()),
                sent("vendor", json, List.of(keys.opaque), "Helicone-Auth: Bearer " + keys.opaque),
                sent("proxy", json, List.of(keys.opaque), "Proxy-Authorization: Bearer " + keys.opaque),
                sent("x-api-key", json, List.of(keys.opaque), "X-Api-Key: " + keys.opaque),
                sent("x-goog-api-key", json, List.of(keys.opaque), "x-goog-api-key: " + keys.opaque),
                sent("query?alt=sse&key=" + keys.bearer, json, List.of(keys.bearer)),
                sent("cookie", json, List.of(keys.cookie), "Cookie: a=b; sid=" + keys.cookie),
                sent("json", json, inJson),
                sent("keys/" + keys.bearer, json, List.of(keys.bearer)),
                new Sent(
                        "form",
                        "/openai/v1/form",
                        List.of("Content-Type: application/x-www-form-urlencoded"),
                        form,
                        List.of(keys.form)),
                new Sent(
                        "typed-form",
                        "/openai/v1/typed-form",
                        List.of("Content-Type: application/x-www-form-urlencoded"),
                        "client_secret=" + keys.tool + "&name=Jos\u00e9&q=" + keys.prompt,
                        List.of(keys.tool)),
                new Sent(
                        "compressed",
                        "/openai/v1/compressed",
                        List.of("Content-Type: application/json", "Content-Encoding: gzip"),
                        gzip(json),
                        inJson),
                sent(
                        "base64",
                        "{\"input\":\"" + base64("{\"k\":\"" + keys.bearer + "\"}") + "\"}",
                        List.of(keys.bearer),
                        "Authorization: Bearer " + keys.bearer));
    }

    private static Sent sent(String path, String json, List<String> echoed, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        return new Sent(path.split("\\?", 2)[0], "/openai/v1/" + path, all, json, echoed);
    }

    /** The answers that are tried with each request, by name. */
    private static Map<String, String> answers(Sent sent) throws IOException {
        Map<String, String> answers = new LinkedHashMap<>();
        String stream = stream(sent);
        for (int pieceBytes : PIECES) {
            answers.put("stream-" + pieceBytes, chunked("text/event-stream", "X-A: b", stream, pieceBytes));
            answers.put(
                    "gzip-" + pieceBytes,
                    chunked("text/event-stream", "Content-Encoding: gzip", gzip(stream), pieceBytes));
        }
        String refusal = "{\"error\":{\"message\":\"Incorrect API key provided: " + sent.echoed.get(0)
                + ". See the docs.\",\"code\":\"invalid_api_key\"}}";
        answers.put(
                "401",
                head(
                                "HTTP/1.1 401 Unauthorized",
                                "Content-Type: application/json",
                                "X-Echo: " + sent.echoed.get(0),
                                "Content-Length: " + refusal.length())
                        + refusal);
        return answers;
    }

    private static String stream(Sent sent) {
        StringBuilder stream = new StringBuilder("data: {\"start\":true}\n\n");
        for (String key : sent.echoed) {
            stream.append("data: {\"raw\":\"Incorrect API key provided: ")
                    .append(key)
                    .append("\"}\r\n\r\n");
            stream.append("data: {\"base64\":\"")
                    .append(base64("x" + key + "yz"))
                    .append("\"}\n\n");
            stream.append("data: {\"url\":\"https://h/?k=")
                    .append(URLEncoder.encode(key, UTF_8))
                    .append("\"}\n\n");
        }
        return stream.append("data: {\"client_secret\":{\"value\":\"")
                .append(FRESH_KEY)
                .append("\"},\"access_token\":\"")
                .append(FRESH_TOKEN)
                .append("\"}\n\ndata: [DONE]\n\n")
                .toString();
    }

    private static String chunked(String type, String header, String body, int pieceBytes) {
        StringBuilder wire = new StringBuilder(head(
                "HTTP/1.1 200 OK",
                "Content-Type: " + type,
                header,
                "Set-Cookie: sid=" + SESSION_COOKIE,
                "Transfer-Encoding: chunked"));
        for (int from = 0; from < body.length(); from += pieceBytes) {
            wire.append(chunk(body.substring(from, Math.min(body.length(), from + pieceBytes))));
        }
        return wire.append("0\r\n\r\n").toString();
    }

    @Test
    void noSecretIsAtRestAndReplayMatchesUnderOtherKeys() throws Exception {
        Handler listening = listening();
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("dev.llmsim");
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        root.addHandler(listening);
        try {
            record();
            replayUnder(OURS);
            replayUnder(THEIRS);
        } finally {
            root.removeHandler(listening);
            ours.setLevel(before);
        }
        scan();
    }

    private void record() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(nextAnswer);
        })) {
            LlmSim recording = builder(Mode.RECORD, OURS)
                    .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                    .start();
            int asked = 0;
            for (Sent sent : sent(OURS)) {
                assertThat(sent.echoed)
                        .as("the search finds keys where they are")
                        .allMatch(key -> Seeds.contains(stream(sent), key));
                for (Map.Entry<String, String> answer : answers(sent).entrySet()) {
                    nextAnswer = answer.getValue();
                    assertThat(ask(recording, sent, answer.getKey()).header("x-llmsim-source"))
                            .isEqualTo("upstream");
                    asked++;
                }
            }
            RecorderSummary summary = recording.close(Duration.ofSeconds(10)).orElseThrow();
            assertThat(summary.remarks()).isEmpty();
            assertThat(summary.sealed()).isEqualTo(asked);
        }
    }

    private void replayUnder(Keys keys) throws Exception {
        try (LlmSim replay = builder(Mode.REPLAY, keys).start()) {
            for (Sent sent : sent(keys)) {
                for (Map.Entry<String, String> answer : answers(sent).entrySet()) {
                    Heard heard = ask(replay, sent, answer.getKey());
                    RawAnswer expected = RawAnswer.of(new RawConnection.End(answer.getValue(), false), false);
                    String which = sent.name + " " + answer.getKey();
                    assertThat(heard.header("x-llmsim-source")).as(which).isEqualTo("recorded");
                    assertThat(unnumbered(heard.answer.body()))
                            .as(which)
                            .isEqualTo(expected.body()
                                    .replace(FRESH_KEY, "{{secret:ephemeral}}")
                                    .replace(FRESH_TOKEN, "{{secret:field}}"));
                    assertThat(heard.answer.headers()).as(which).isEqualTo(expected.headers());
                    assertThat(heard.answer.whole()).as(which).isTrue();
                }
            }
        }
    }

    private static String unnumbered(String body) {
        return body.replaceAll("(\\{\\{secret:[a-z-]+)#[0-9]+}}", "$1}}");
    }

    private void scan() throws Exception {
        Path exported = folder.resolve("exported");
        try (ChildJvm child = ChildJvm.start(
                Main.class, "cassette", "export", "--store", tape().toString(), "--out", exported.toString())) {
            assertThat(child.rest()).endsWith("exit 0").hasSize(2);
        }
        Map<String, String> written = new LinkedHashMap<>();
        for (Path place : List.of(tape(), exported)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    written.put(file.toString(), Files.readString(file, ISO_8859_1));
                }
            }
        }
        assertThat(written.keySet()).anyMatch(name -> name.endsWith(".mv.db")).anyMatch(name -> name.endsWith(".yaml"));
        try (Tape tape = H2Tape.openReadOnly(tape())) {
            for (Recording one : tape.recordings("default")) {
                written.put(one.id(), Seeds.written(one.request()) + "\n" + Seeds.written(one.response()));
            }
        }
        assertThat(said).anyMatch(line -> line.contains("/openai/v1/bearer"));
        written.put("log", String.join("\n", said));
        written.forEach(SecretsAtRestTest::assertClean);
    }

    private static void assertClean(String place, String text) {
        List<String> secrets = new ArrayList<>(OURS.all());
        secrets.addAll(THEIRS.all());
        secrets.addAll(List.of(FRESH_KEY, FRESH_TOKEN, SESSION_COOKIE));
        for (String secret : secrets) {
            assertThat(Seeds.contains(text, secret)).as(secret + " in " + place).isFalse();
        }
    }

    private LlmSimBuilder builder(Mode mode, Keys keys) {
        Redactor redactor = new Redactor(Map.of("CI_SECRET", keys.environment));
        return LlmSim.builder(mode)
                .store(tape())
                .environment(Map.of("CI_SECRET", keys.environment))
                .onRequest(line -> said.add(line.source() + " " + redactor.loggable(line.path())));
    }

    private Path tape() {
        return folder.resolve("tape");
    }

    private Handler listening() {
        Handler handler = new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord entry) {
                said.add(formatter.format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }

    /** An answer, and its head as it came. */
    private record Heard(RawAnswer answer, String head) {
        String header(String name) {
            return RawConnection.header(head, name);
        }
    }

    private static Heard ask(LlmSim gateway, Sent sent, String variant) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        String target = sent.target + (sent.target.contains("?") ? "&" : "?") + "variant=" + variant;
        List<String> lines = new ArrayList<>(List.of("POST " + target + " HTTP/1.1", "Host: localhost"));
        lines.addAll(sent.headers);
        lines.add("Connection: close");
        lines.add("Content-Length: " + sent.body.length());
        try (RawConnection client = RawConnection.to(address)) {
            client.send(head(lines.toArray(String[]::new)) + sent.body);
            RawConnection.End end = client.readToEnd();
            return new Heard(RawAnswer.of(end, false), end.text());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(wire)) {
            out.write(text.getBytes(UTF_8));
        }
        return wire.toString(ISO_8859_1);
    }
}
