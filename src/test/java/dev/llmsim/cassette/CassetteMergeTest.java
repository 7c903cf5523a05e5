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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording an unchanged provider anew gives an empty diff, and a changed one gives only the change. */
class CassetteMergeTest {
    private static final String FIRST =
            "data: {\"id\":\"chatcmpl-CMKB4CzjM9AbvNcf\",\"created\":1759436814,\"system_fingerprint\":\"fp_cbf1785567\","
                    + "\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"obfuscation\":\"puNLx\"}\n\n";
    private static final String AGAIN =
            "data: {\"id\":\"chatcmpl-DXY77aaaaaaaaaaa\",\"created\":1799999999,\"system_fingerprint\":\"fp_0000000000\","
                    + "\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"obfuscation\":\"q\"}\n\n";

    @TempDir
    Path folder;

    @Test
    void anUnchangedProviderGivesAnEmptyDiff() throws IOException {
        CassetteFiles.write(folder, cassette(recording("a", "{}", 400, FIRST, "data: [DONE]\n\n")));
        String text = Files.readString(file());

        CassetteFiles.update(folder, cassette(recording("a", "{}", 555, AGAIN, "data: [DONE]\n\n")));

        assertThat(file()).hasContent(text);
    }

    @Test
    void commentsAndLayoutOfUnchangedInteractionsStay() throws IOException {
        CassetteFiles.write(
                folder, cassette(recording("a", "{}", 400, FIRST), recording("b", "{\"n\":1}", 400, "data: 1\n\n")));
        String edited = Files.readString(file())
                .replace("id: a\n", "id: a   # the greeting\n")
                .replace("timing: recorded", "timing:   recorded");
        Files.writeString(file(), edited);

        CassetteFiles.update(
                folder, cassette(recording("a", "{}", 555, AGAIN), recording("b", "{\"n\":1}", 555, "data: 2\n\n")));

        String updated = Files.readString(file());
        assertThat(updated).contains("id: a   # the greeting\n").contains("CMKB4CzjM9AbvNcf");
        assertThat(updated).contains("  - 'data: 2'\n").doesNotContain("DXY77");
        assertThat(updated.substring(updated.indexOf("id: b")))
                .contains("timing: recorded")
                .contains("at-ms: [555]");
    }

    @Test
    void whatIsNotVolatileChangesTheText() {
        Cassette old = cassette(recording("a", "{}", 400, FIRST));
        for (String changed : List.of(
                AGAIN.replace("Hi", "Ho"),
                AGAIN.replace("gpt-4o", "gpt-5"),
                AGAIN.replace("\n\n", "\r\n\r\n"),
                AGAIN.replace("\"obfuscation\"", "\"obfuscated\""))) {
            Cassette fresh = cassette(recording("a", "{}", 400, changed));

            assertThat(CassetteMerge.merge(old, fresh)).as(changed).isEqualTo(fresh);
        }
        assertThat(CassetteMerge.merge(old, cassette(recording("a", "{}", 400, AGAIN))))
                .isEqualTo(old);
    }

    @Test
    void namesInIdFieldsAreNotVolatile() {
        Cassette old = cassette(recording("a", "", 1, "{\"data\":[{\"id\":\"gpt-4o-2024-08-06\"}]}"));
        Cassette fresh = cassette(recording("a", "", 1, "{\"data\":[{\"id\":\"gpt-4o-2024-11-20\"}]}"));

        assertThat(CassetteMerge.merge(old, fresh)).isEqualTo(fresh);
    }

    @Test
    void anAnswerIsNotKeptWhereAChangedRequestRefersToTheNewOne() {
        String oldAnswer = "{\"id\":\"resp_67f3fdfd9fa08191\",\"text\":\"hi\"}";
        String newAnswer = "{\"id\":\"resp_00000000000000aa\",\"text\":\"hi\"}";
        Recording first = recording("a", "{}", 1, newAnswer);
        Cassette old = cassette(
                recording("a", "{}", 1, oldAnswer),
                recording("b", "{\"previous_response_id\":\"resp_67f3fdfd9fa08191\"}", 1, "{}"));
        Cassette fresh =
                cassette(first, recording("c", "{\"previous_response_id\":\"resp_00000000000000aa\"}", 1, "{}"));

        assertThat(CassetteMerge.merge(old, fresh)).isEqualTo(fresh);
        assertThat(CassetteMerge.merge(old, cassette(first)).recordings())
                .containsExactly(old.recordings().get(0));
    }

    @Test
    void blobsOfKeptInteractionsStayAndOthersGo() throws IOException {
        Bytes image = Bytes.wrap(new byte[9000]);
        Bytes other = Bytes.wrap(new byte[9001]);
        Recording kept = recording("a", "{}", 400, FIRST);
        Recording withImage = new Recording("a", kept.request().withBody(image), kept.response(), false);
        Recording withOther = new Recording("b", kept.request().withBody(other), kept.response(), false);
        CassetteFiles.write(folder, cassette(withImage, withOther));
        assertThat(folder.resolve("test.llm.blobs"))
                .isDirectoryContaining("glob:**")
                .satisfies(f -> assertThat(f.toFile().list()).hasSize(2));

        CassetteFiles.update(folder, cassette(withImage));

        assertThat(folder.resolve("test.llm.blobs").toFile().list()).hasSize(1);
        assertThat(CassetteFiles.read(folder)).containsExactly(cassette(withImage));
    }

    private Path file() {
        return CassetteFiles.fileOf(folder, "test");
    }

    private static Cassette cassette(Recording... recordings) {
        return new Cassette("test", List.of(recordings));
    }

    private static Recording recording(String id, String body, long atMillis, String... frames) {
        List<Frame> timed = new ArrayList<>();
        for (String frame : frames) {
            timed.add(new Frame(atMillis * 1000 + timed.size(), Bytes.utf8(frame)));
        }
        Response response = new Response(
                new ResponseHead(
                        200, "OK", Headers.of("content-type", "text/event-stream", "x-request-id", "req_" + atMillis)),
                Framing.CHUNKED,
                -1,
                timed,
                Headers.EMPTY,
                TimingSource.RECORDED,
                atMillis,
                atMillis * 1001,
                Ending.COMPLETE);
        Request request = new Request("openai", "POST", "/v1/chat/completions", Headers.EMPTY, Bytes.utf8(body));
        return new Recording(id, request, response, false);
    }
}
