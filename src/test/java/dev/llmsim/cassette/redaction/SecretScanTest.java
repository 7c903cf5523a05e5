package dev.llmsim.cassette.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.redaction.SecretScan.Finding;
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
import dev.llmsim.traffic.RealTraffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
    private static final String KEY = "sk-proj-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String PASSWORD = "Zk3LmQ9sW2Zk3LmQ9sW2";

    private final SecretScan scan = new SecretScan(Map.of("DB_PASSWORD", PASSWORD));

    @Test
    void tellsLineAndKindNeverTheValue() {
        String hidden = Base64.getEncoder().encodeToString(("x" + PASSWORD + "yz").getBytes(StandardCharsets.UTF_8));
        String text = "one\n  - 'data: {\"a\":\"" + KEY + "\"}'\nthree\n\"api_key\": \"abcdefgh12345678\" " + KEY + "\n"
                + hidden;
        List<Finding> findings = scan.scan(Bytes.utf8(text));
        assertThat(findings)
                .containsExactly(
                        new Finding(2, SecretKind.OPENAI),
                        new Finding(4, SecretKind.FIELD),
                        new Finding(4, SecretKind.OPENAI),
                        new Finding(5, SecretKind.ENVIRONMENT));
        assertThat(findings.toString()).doesNotContain(KEY).doesNotContain(PASSWORD);
    }

    @Test
    void keysInsideReadableBase64AreFindings() {
        String hidden =
                Base64.getEncoder().encodeToString(("{\"k\":\"" + KEY + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(scan.scan(Bytes.utf8("a\n'data:text/plain;base64," + hidden + "'")))
                .containsExactly(new Finding(2, SecretKind.OPENAI));
    }

    @Test
    void placeholdersAndWordsAreNoFindings() {
        assertThat(scan.scan(
                        Bytes.utf8("{\"api_key\":\"{{secret:openai#1}}\",\"password\":\"changeme\"}\n{{secret:x#1}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_secret\": \"q8ZrT2mVb9LpR4wZ\", \"x\": 1, \"text\": \"a\"}",
                "{\"a\": \"\u2028\", \"client_secret\" : \"q8ZrT2mVb9LpR4wZ\", \"x\": \"words and more\"}",
                "{\"authorization\": \"Bearer q8ZrT2mVb9LpR4wZ\", \"x\": \"words and more\"}",
                "{\"a\": \"{\\\"api_key\\\": \\\"q8ZrT2mVb9LpR4wZ\\\", \\\"x\\\": 1}\", \"x\": 1}",
                "{\"k\": \"-----BEGIN PRIVATE KEY-----\\nq8ZrT2mVb9LpR4wZ\\n-----END PRIVATE KEY-----\\n\", \"x\": 1}"
            })
    void anExportedAnswerHasNoFindingsWhereverItsFramesEnd(String body, @TempDir Path folder) throws IOException {
        Redactor redactor = new Redactor();
        RedactedRequest request = redactor.redact(new Request("openai", "GET", "/v1/x", Headers.EMPTY, Bytes.EMPTY));
        for (int cut = 1; cut < body.length(); cut++) {
            List<Frame> frames = List.of(
                    new Frame(1, Bytes.utf8(body.substring(0, cut))), new Frame(2, Bytes.utf8(body.substring(cut))));
            Response answer = redactor.redact(answer(frames), request.secrets());
            Recording recording = new Recording("r", request.request(), answer, true);
            CassetteFiles.write(folder, new Cassette("cut", List.of(recording)));
            String text = Files.readString(CassetteFiles.fileOf(folder, "cut"));
            assertThat(text).as("after " + cut).contains("{{secret:").doesNotContain("q8ZrT2mVb9LpR4wZ");
            assertThat(scan.scan(Bytes.utf8(text))).as(text).isEmpty();
        }
    }

    @Test
    void whatFollowsAPlaceholderOrEndsItsLineIsStillLookedAt() {
        String text =
                "'{\"client_secret\": \"{{secret:field#1}}q8ZrT2mVb9'\n- '\"}'\n- '{\"client_secret\": \"q8ZrT2mVb9'\n- '\"}'";
        assertThat(scan.scan(Bytes.utf8(text)))
                .containsExactly(new Finding(1, SecretKind.FIELD), new Finding(3, SecretKind.FIELD));
    }

    private static Response answer(List<Frame> frames) {
        return new Response(
                new ResponseHead(200, "OK", Headers.of("content-type", "application/json")),
                Framing.CHUNKED,
                -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                99,
                Ending.COMPLETE);
    }

    @Test
    void realTrafficHasNoFindings() {
        for (RealTraffic.Interaction one : RealTraffic.all()) {
            assertThat(scan.scan(one.requestBody())).as(one.file()).isEmpty();
            assertThat(scan.scan(one.body())).as(one.file()).isEmpty();
        }
    }
}
