package dev.llmsim.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteImportTest {
    @TempDir
    private Path directory;

    @Test
    void appendsAndTakesThePlaceOfEqualIds() {
        try (Tape tape = H2Tape.open(directory)) {
            CassetteImport into = new CassetteImport(tape, "mine", CassetteImportTest::keys);
            assertThat(into.add(List.of(recording("b", "1"), recording("a", "2"))))
                    .isZero();
            assertThat(into.add(List.of(recording("c", "3"), recording("b", "4"))))
                    .isEqualTo(1);
            new CassetteImport(tape, "other", CassetteImportTest::keys).add(List.of(recording("a", "5")));
            assertThat(tape.recordings("mine"))
                    .containsExactly(recording("a", "2"), recording("c", "3"), recording("b", "4"));
            assertThat(tape.entries("mine", keys(recording("b", "4")).content()))
                    .hasSize(1);
            assertThat(tape.cassettes()).containsExactly("mine", "other");
        }
    }

    @Test
    void refusesTheSameIdTwiceAndAddsNothing() {
        try (Tape tape = H2Tape.open(directory)) {
            CassetteImport into = new CassetteImport(tape, "mine", CassetteImportTest::keys);
            assertThatThrownBy(() -> into.add(List.of(recording("a", "1"), recording("a", "2"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("id: a twice");
            assertThat(tape.entries()).isEmpty();
        }
    }

    private static Keys keys(Recording recording) {
        return new Keys(Key.hash(recording.request().body().toArray()), null, 1, null);
    }

    private static Recording recording(String id, String ask) {
        Request request = new Request("https://api.example.com", "POST", "/", Headers.UNKNOWN, Bytes.utf8(ask));
        Response none = new Response(
                null, Framing.CLOSE, -1, List.of(), Headers.EMPTY, TimingSource.MODELLED, 0, 0, Ending.UPSTREAM_RESET);
        return new Recording(id, request, none, false);
    }
}
