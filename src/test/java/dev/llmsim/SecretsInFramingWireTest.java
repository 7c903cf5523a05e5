package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.Seeds;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in parts of a form, in trailers and in chunk extensions pass, and are not on the tape. */
class SecretsInFramingWireTest {
    private static final String BEARER = "sk-proj-H1xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String FIELD = "f0rm-part+secret/Zk3LmQ9s";
    private static final String JSON = "j50n-part-secret-8812-Zk3L";
    private static final String PART_HEADER = "p4rt-header-secret-77-Qw8E";
    private static final String EXTENSION = "3xtension-secret-41-Nc8Y1d";
    private static final String TRAILER = "tr4iler-secret-93-T7qW3nXc";
    private static final String ANSWER_EXTENSION = "answ3r-extension-5-B2Gf9kLp";
    private static final String ANSWER_TRAILER = "answ3r-trailer-21-M8rV5yBd";
    private static final List<String> SECRETS =
            List.of(BEARER, FIELD, JSON, PART_HEADER, EXTENSION, TRAILER, ANSWER_EXTENSION, ANSWER_TRAILER);
    private static final int PIECE = 97;

    @TempDir
    private Path folder;

    private final Queue<RawMessage> arrived = new ConcurrentLinkedQueue<>();

    private static String form() {
        return String.join(
                "\r\n",
                "--limit",
                "Content-Disposition: form-data; name=\"purpose\"",
                "",
                "assistants",
                "--limit",
                "Content-Disposition: form-data; name=\"client_secret\"",
                "",
                FIELD,
                "--limit",
                "Content-Disposition: form-data; name=\"config\"; filename=\"c.json\"",
                "Content-Type: application/json",
                "",
                "{\"api_key\":\"" + JSON + "\",\"note\":\"kept\"}",
                "--limit",
                "Content-Disposition: form-data; name=\"note\"",
                "Authorization: Bearer " + PART_HEADER,
                "",
                "my key is " + BEARER + ", keep it",
                "--limit--",
                "");
    }

    private static String chunks(String body, String extension) {
        StringBuilder wire = new StringBuilder();
        for (int from = 0; from < body.length(); from += PIECE) {
            String piece = body.substring(from, Math.min(body.length(), from + PIECE));
            wire.append(Integer.toHexString(piece.length()))
                    .append(";api_key=")
                    .append(extension)
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        return wire.append("0;token=").append(extension).append("\r\n").toString();
    }

    private static String request() {
        return head(
                        "POST /openai/v1/files HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + BEARER,
                        "Content-Type: multipart/form-data; boundary=limit",
                        "TE: trailers",
                        "Trailer: X-Api-Key, X-Echo",
                        "Transfer-Encoding: chunked")
                + chunks(form(), EXTENSION)
                + head("X-Api-Key: " + TRAILER, "X-Echo: " + BEARER);
    }

    private static String answer() {
        return head(
                        "HTTP/1.1 200 OK",
                        "Content-Type: application/json",
                        "Trailer: X-Api-Key, X-Echo, X-Count",
                        "Transfer-Encoding: chunked")
                + chunks("{\"id\":\"file-1\",\"echo\":\"" + BEARER + " " + FIELD + "\"}", ANSWER_EXTENSION)
                + head("X-Api-Key: " + ANSWER_TRAILER, "X-Echo: saw " + BEARER, "X-Count: 3");
    }

    @Test
    void passAndAreNotOnTheTape() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            arrived.add(connection.readMessage());
            connection.send(answer());
        })) {
            LlmSim gateway = LlmSim.builder(Mode.RECORD)
                    .store(folder)
                    .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                    .start();
            RawMessage got = ask(gateway);
            assertThat(got.text()).contains(BEARER, FIELD);
            assertThat(got.trailers()).contains(ANSWER_TRAILER, BEARER, "X-Count: 3");
            RecorderSummary summary = gateway.close(Duration.ofSeconds(10)).orElseThrow();
            assertThat(summary.sealed()).isEqualTo(1);
        }
        assertThat(arrived).hasSize(1);
        assertThat(arrived.element().text()).isEqualTo(form());
        assertThat(arrived.element().trailers()).contains(TRAILER, BEARER);
        assertThat(List.of(BEARER, FIELD, JSON, PART_HEADER))
                .as("the search finds secrets where they are")
                .allMatch(secret -> Seeds.contains(form(), secret));
        written()
                .forEach((place, text) -> SECRETS.forEach(secret -> assertThat(Seeds.contains(text, secret))
                        .as(secret + " in " + place + ": " + (text.length() < 5_000 ? text : ""))
                        .isFalse()));
    }

    private static RawMessage ask(LlmSim gateway) throws Exception {
        InetSocketAddress address = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        try (RawConnection client = RawConnection.to(address)) {
            client.send(request());
            return client.readMessage();
        }
    }

    private Map<String, String> written() throws Exception {
        Map<String, String> written = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.put(file.toString(), Files.readString(file, ISO_8859_1));
            }
        }
        try (Tape tape = H2Tape.openReadOnly(folder)) {
            List<Recording> recordings = tape.recordings("default");
            assertThat(recordings).hasSize(1);
            String request = Seeds.written(recordings.get(0).request());
            String response = Seeds.written(recordings.get(0).response());
            assertThat(request).contains("assistants", "kept", "{{secret:");
            assertThat(response).contains("file-1", "X-Count", "{{secret:");
            written.put("request", request);
            written.put("response", response);
        }
        return written;
    }
}
