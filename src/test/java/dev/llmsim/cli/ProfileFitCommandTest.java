package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFitCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aProfileIsFittedWrittenAndTaken() throws Exception {
        CassetteFiles.update(folder, new Cassette("mine", recordings(8, 12)));
        Path out = folder.resolve("mine.toml");

        Ran ran = Ran.run("profile", "fit", folder, "--out", out).succeeded();

        assertThat(ran.err())
                .contains("ttft recorded         8      300.0")
                .contains("gap recorded         96       20.0       20.0       20.0")
                .contains("gap profile          96       20.0       20.0       20.0")
                .contains("gap: KS distance 0.000")
                .contains("written: " + out);
        assertThat(Files.readString(out)).contains("name = \"mine\"").contains("gap_ms = [20.0, 20.0,");
        assertThat(ProfileFile.find(out.toString()).orElseThrow().name()).isEqualTo("mine");
        assertThat(Ran.run("profile", "fit", folder).succeeded().out()).contains("name = \"fitted\"");
    }

    @Test
    void tooFewMeasuredRecordingsAreAnErrorThatSaysHowMany() {
        Path shipped = Path.of("cassettes");
        Ran.run("profile", "fit", shipped).failed(2, "0 streamed recordings with measured times", "expected: 5 and 50");
        assertThat(Ran.run("profile", "fit", shipped).err())
                .contains("recordings are left out: their times were not measured");
    }

    @Test
    void aPaceByAnUnknownProfileIsAnErrorThatListsTheNames() {
        Ran.run("replay", "cassettes", "--pace", "profile=warp").failed(2, "profile=warp", "gpt-5-mini");
        Ran.run("replay", "cassettes", "--pace", "profile=nowhere/x.toml").failed(2, "cannot be read");
        Ran.run("profile").failed(2, "expected: fit");
    }

    private static List<Recording> recordings(int count, int gaps) {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Frame> frames = new ArrayList<>();
            for (int token = 0; token <= gaps; token++) {
                frames.add(new Frame(
                        300_000 + token * 20_000L,
                        Bytes.utf8("data: {\"choices\":[{\"delta\":{\"content\":\" world\"}}]}\n\n")));
            }
            Request request = new Request(
                    "openai",
                    "POST",
                    "/v1/chat/completions",
                    Headers.EMPTY,
                    Bytes.utf8("{\"model\":\"gpt-4o\",\"n\":" + i + "}"));
            recordings.add(new Recording("openai-chat-" + i, request, answer(frames), false));
        }
        return recordings;
    }

    private static Response answer(List<Frame> frames) {
        long end = frames.get(frames.size() - 1).offsetMicros();
        return new Response(
                new ResponseHead(200, "OK", Headers.of("content-type", "text/event-stream")),
                Framing.CHUNKED,
                -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                299_000,
                end,
                Ending.COMPLETE);
    }
}
