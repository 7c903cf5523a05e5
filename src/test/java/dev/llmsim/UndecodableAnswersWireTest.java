package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose content coding cannot be undone, from a raw upstream to the bytes of the tape. */
class UndecodableAnswersWireTest {
    private static final String SECRET = "mark-9f8e7d6c5b4a39281706-that-no-pattern-knows";
    private static final String BODY = "{\"model\":\"m\"}";

    @TempDir
    private Path folder;

    @Test
    void anAnswerInAnUnknownCodingIsFlaggedAndItsBytesAreNotOnTheTape() throws IOException {
        RecorderSummary summary = record("Content-Encoding: x-rot\r\nX-Kept: yes", "{\"key\":\"" + SECRET + "\"}");
        assertThat(summary.sealed()).isEqualTo(1);
        assertThat(summary.flawed()).isEqualTo(1);
        assertThat(summary.remarks()).singleElement().asString().contains("unknown coding");
        TapeEntry entry = onlyEntry();
        assertThat(entry.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("is not kept"));
        Recording recording = onlyRecording();
        assertThat(recording.response().frames()).isEmpty();
        assertThat(recording.response().head().orElseThrow().headers().first("x-kept"))
                .contains("yes");
        assertStoreLacks(SECRET);
        assertThatThrownBy(this::replayed).hasMessageContaining("nothing to replay");
    }

    @Test
    void aBrokenAnswerKeepsWhatCameBeforeAndIsFlagged() throws IOException {
        String broken = flushed(new GzipOpening(), "data: before\n\n") + "\u00ff\u00ff\u00ff\u00ff" + SECRET;
        RecorderSummary summary = record("Content-Encoding: gzip\r\nContent-Type: text/event-stream", broken);
        assertThat(summary.flawed()).isEqualTo(1);
        assertThat(onlyRecording().response().body().utf8()).isEqualTo("data: before\n\n");
        assertStoreLacks(SECRET);
        assertThatThrownBy(this::replayed).hasMessageContaining("nothing to replay");
    }

    @Test
    void aBrotliStreamThatIsCutReplaysAsCutAfterWhatHadArrived() throws IOException {
        Brotli4jLoader.ensureAvailability();
        String cut = flushed(
                wire -> new BrotliOutputStream(wire, new Encoder.Parameters().setQuality(5)), "data: before\n\n");
        RecorderSummary summary =
                record("Content-Encoding: br\r\nContent-Type: text/event-stream", cut, cut.length() + 100);
        assertThat(summary.flawed()).as(summary.remarks().toString()).isZero();
        assertThat(onlyRecording().response().body().utf8()).isEqualTo("data: before\n\n");
        String replayed = replayed();
        assertThat(replayed).startsWith("HTTP/1.1 200 ").contains("data: before\n\n");
        assertThat(replayed).doesNotContain("\r\n0\r\n\r\n");
    }

    @Test
    void anAnswerThatCannotBeReplayedDoesNotCostTheOneThatCould() throws IOException {
        record("X-Kept: yes", "the good one");
        assertThat(record("Content-Encoding: x-rot", "unreadable").flawed()).isEqualTo(1);
        assertThat(replayed()).startsWith("HTTP/1.1 200 ").contains("the good one");
    }

    private interface Opening {
        OutputStream open(OutputStream wire) throws IOException;
    }

    private static final class GzipOpening implements Opening {
        @Override
        public OutputStream open(OutputStream wire) throws IOException {
            return new GZIPOutputStream(wire, 512, true);
        }
    }

    private static String flushed(Opening opening, String text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = opening.open(wire)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return wire.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private RecorderSummary record(String headers, String body) throws IOException {
        return record(headers, body, body.length());
    }

    private RecorderSummary record(String headers, String body, int declaredBytes) throws IOException {
        String answer = head("HTTP/1.1 200 OK", headers, "Content-Length: " + declaredBytes) + body;
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(answer);
        })) {
            LlmSim recording = LlmSim.builder(Mode.RECORD)
                    .store(folder)
                    .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                    .start();
            ask(recording);
            return recording.close(Duration.ofSeconds(10)).orElseThrow();
        }
    }

    private String replayed() throws IOException {
        LlmSim replay = LlmSim.builder(Mode.REPLAY).store(folder).start();
        try {
            return ask(replay);
        } finally {
            replay.close(Duration.ofSeconds(10));
        }
    }

    private static String ask(LlmSim gateway) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        try (RawConnection client = RawConnection.to(address)) {
            client.send(head(
                            "POST /openai/v1/chat/completions HTTP/1.1",
                            "Host: localhost",
                            "Connection: close",
                            "Content-Type: application/json",
                            "Content-Length: " + BODY.length())
                    + BODY);
            return client.readToEnd().text();
        }
    }

    private TapeEntry onlyEntry() {
        try (Tape tape = H2Tape.openReadOnly(folder)) {
            List<TapeEntry> entries = tape.entries();
            assertThat(entries).hasSize(1);
            return entries.get(0);
        }
    }

    private Recording onlyRecording() {
        try (Tape tape = H2Tape.openReadOnly(folder)) {
            return tape.load(tape.entries().get(0).row());
        }
    }

    private void assertStoreLacks(String secret) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }
}
