package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.importing.Corpus;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.CassetteImport;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.timing.Pace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings through the whole program: import, tape, gateway, export, import again, and HTTP to the last byte. */
class CorpusReplayTest {
    private static final Assembly ASSEMBLY = new Assembly(Upstreams.wellKnown(), Map.of());
    private static final List<Conversation> CONVERSATIONS = Conversation.all();

    @TempDir
    static Path folder;

    private static List<Cassette> imported = List.of();

    @BeforeAll
    static void importAndExportTwice() {
        imported = bring(Corpus.FOLDER, folder.resolve("tape"), folder.resolve("files"));
        bring(folder.resolve("files"), folder.resolve("tape-again"), folder.resolve("files-again"));
    }

    /** Imports {@code from} onto a new tape, and exports that. */
    private static List<Cassette> bring(Path from, Path store, Path out) {
        List<Cassette> cassettes = ASSEMBLY.importer().read(from).cassettes();
        try (Tape tape = H2Tape.open(store)) {
            for (Cassette cassette : cassettes) {
                new CassetteImport(tape, cassette.name(), ASSEMBLY::keys).add(cassette.recordings());
            }
        }
        try (Tape tape = H2Tape.openReadOnly(store)) {
            tape.cassettes().forEach(name -> CassetteFiles.update(out, new Cassette(name, tape.recordings(name))));
        }
        return cassettes;
    }

    @Test
    void theTapeAnswersEveryRequestAsItWasAnswered() throws Exception {
        assertAllAnswered(cassette -> replay().store(folder.resolve("tape")).cassette(cassette.name()));
    }

    @Test
    void theExportedFilesAnswerTheSame() throws Exception {
        assertAllAnswered(
                cassette -> replay().files(List.of(CassetteFiles.fileOf(folder.resolve("files"), cassette.name()))));
    }

    @Test
    void allCassettesTogetherAnswerWithTheFirstOfThemThatCan() throws Exception {
        SoftAssertions soft = new SoftAssertions();
        int own = 0;
        try (LlmSim gateway = replay().store(folder.resolve("tape")).start()) {
            for (int i = 0; i < CONVERSATIONS.size(); i++) {
                String name = imported.get(i).name();
                for (Conversation.Turn turn : CONVERSATIONS.get(i).turns()) {
                    HttpResponse<byte[]> answer = Asking.ask(gateway, turn.asked());
                    String from = Asking.header(answer, "x-llmsim-recording").split("/", 2)[0];
                    soft.assertThat(from).as("%s", name).isNotEmpty().isLessThanOrEqualTo(name);
                    if (from.equals(name)) {
                        soft.assertThat(turn.isAnsweredBy(Bytes.wrap(answer.body())))
                                .as("%s", name)
                                .isTrue();
                        own++;
                    }
                }
            }
        }
        soft.assertAll();
        assertThat(own).isGreaterThan(100);
    }

    @Test
    void exportImportExportIsTheIdentity() throws IOException {
        Map<String, Bytes> first = contents(folder.resolve("files"));

        assertThat(contents(folder.resolve("files-again"))).isEqualTo(first);
        assertThat(first.keySet())
                .filteredOn(name -> name.endsWith(".llm.yaml"))
                .hasSize(112);
    }

    private interface Told {
        LlmSimBuilder about(Cassette cassette);
    }

    private static void assertAllAnswered(Told told) throws Exception {
        assertThat(imported).hasSameSizeAs(CONVERSATIONS);
        SoftAssertions soft = new SoftAssertions();
        int answered = 0;
        for (int i = 0; i < CONVERSATIONS.size(); i++) {
            List<Conversation.Turn> turns = CONVERSATIONS.get(i).turns();
            List<Recording> recordings = imported.get(i).recordings();
            assertThat(recordings).hasSameSizeAs(turns);
            try (LlmSim gateway = told.about(imported.get(i)).start()) {
                for (int number = 0; number < turns.size(); number++) {
                    assertAnswered(gateway, turns.get(number), recordings.get(number), soft);
                    answered++;
                }
            }
        }
        soft.assertAll();
        assertThat(answered).isEqualTo(170);
    }

    private static void assertAnswered(LlmSim gateway, Conversation.Turn turn, Recording recording, SoftAssertions soft)
            throws Exception {
        HttpResponse<byte[]> answer = Asking.ask(gateway, turn.asked());
        Bytes body = Bytes.wrap(answer.body());
        String what = recording.id() + " " + turn.asked().target();
        soft.assertThat(answer.statusCode()).as(what).isEqualTo(turn.status());
        soft.assertThat(Asking.header(answer, "x-llmsim-source")).as(what).isEqualTo("recorded");
        soft.assertThat(Asking.header(answer, "x-llmsim-recording")).as(what).endsWith("/" + recording.id());
        soft.assertThat(turn.isAnsweredBy(body)).as("%s: %s", what, body).isTrue();
        soft.assertThat(body.equals(recording.response().body())).as(what).isTrue();
    }

    private static LlmSimBuilder replay() {
        return LlmSim.builder(Mode.REPLAY).pace(Pace.INSTANT);
    }

    private static Map<String, Bytes> contents(Path root) throws IOException {
        Map<String, Bytes> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Bytes.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
