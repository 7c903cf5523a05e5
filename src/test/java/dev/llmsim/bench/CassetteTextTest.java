package dev.llmsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteTextTest {
    @Test
    void theProgramReadsWhatIsWritten(@TempDir Path folder) throws IOException {
        try (CassetteText cassette = CassetteText.in(folder, "bench")) {
            cassette.completion(Payloads.request(1, false), "{\"it's\":\"one\"}");
            cassette.stream(Payloads.request(2, true), Payloads.events(3), 20);
        }

        List<Recording> recordings = CassetteFiles.read(folder).get(0).recordings();

        Recording whole = recordings.get(0);
        assertThat(whole.request().body().utf8()).isEqualTo(Payloads.request(1, false));
        assertThat(whole.response().body().utf8()).isEqualTo("{\"it's\":\"one\"}");
        Recording streamed = recordings.get(1);
        assertThat(streamed.response().frames().stream().map(Frame::offsetMicros))
                .containsExactly(20_000L, 40_000L, 60_000L);
        assertThat(streamed.response().body().utf8()).isEqualTo(String.join("", Payloads.events(3)));
    }

    @Test
    void payloadsHaveTheSizesThatTheDocsName() {
        assertThat(Payloads.completion()).hasSize(1024);
        assertThat(Payloads.request(7, true)).hasSize(2048);
        assertThat(Payloads.events(100)).hasSize(100);
    }
}
