package dev.llmsim.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged and hostile cassette files: each is refused with its file, line, value, what was expected and what to do. */
class HostileCassetteTest {
    private static final String GOOD = """
            llmsim: cassette/1
            ---
            id: openai-chat-3f9a12c4
            request:
              to: openai POST /v1/chat/completions
              headers: []
              json: |
                {"model": "gpt-4o"}
            response:
              status: 200
              framing: chunked
              timing: recorded
              headers: []
              frames:
              - 'data: [DONE]'
              head-ms: 1
              at-ms: [2]
              end-ms: 3
              ending: complete
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("test.llm.yaml");
    }

    @Test
    void theUnchangedFileIsRead() throws IOException {
        Files.writeString(file, GOOD);

        assertThat(CassetteFiles.read(file).get(0).recordings()).hasSize(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cassette/1                 | cassette/2          | 1: format: cassette/2 (expected: cassette/1 or older)
            cassette/1                 | tape/1              | 1: format: tape/1 (expected: cassette/1)
            llmsim: cassette/1         | interactions: []    | 1: header: no key llmsim
            status: 200                | status: !!int 200   | 10: tag: tag:yaml.org,2002:int (expected: no tag)
            status: 200                | status: !!java.net.URL [a] | 10: tag
            status: 200                | status: &a 200      | 10: anchor: &a (expected: none)
            status: 200                | status: *a          | 10: alias: *a
            status: 200                | status: 99          | 10: status: 99 (expected: 200 to 999, or none)
            status: 200                | status: 100         | 10: status: 100 (expected: 200 to 999, or none)
            status: 200                | status: 101         | 10: status: 101 (expected: 200 to 999, or none)
            timing: recorded           | reason: "OK\\r\\nX-Evil: 1" | 12: reason: OK\\r\\nX-Evil: 1 (expected: bytes on one line)
            headers: []                | headers: [["x\\r\\nX-Evil", a]] | 6: header: x\\r\\nX-Evil: a (expected: a name of letters
            headers: []                | headers: [["x y", a]] | 6: header: x y: a
            headers: []                | headers: [[x, "a\\x00b"]] | 6: header: x: a
            headers: []                | headers: [[x, " a"]] | 6: header: x:  a
            status: 200                | status: 2e2         | 10: status: 2e2 (expected: a whole number)
            status: 200                | status: none        | 10: frames: 1 frames (expected: none where status is none)
            framing: chunked           | framing: Chunked    | 11: framing: Chunked (expected: one of length, chunked, close)
            framing: chunked           | fraiming: chunked   | 10: response: no key framing
            timing: recorded           | timing: guessed     | 12: timing: guessed (expected: one of recorded, modelled)
            ending: complete           | ending: yes         | 19: ending: yes (expected: one of complete,
            ending: complete           | ending: complete, end-ms: 2 | not YAML
            at-ms: [2]                 | at-ms: [2, 3]       | 17: at-ms: 2 offsets (expected: 1, one for each frame)
            at-ms: [2]                 | at-ms: [-2]         | 17: at-ms: -2 (expected: milliseconds
            at-ms: [2]                 | at-ms: [1.0001]     | 17: at-ms: 1.0001
            end-ms: 3                  | end-ms: [3]         | 18: end-ms: a list (expected: text)
            end-ms: 3                  | end-ms: 3, x: 4     | not YAML
            head-ms: 1                 | surprise: 1         | 16: key in response: surprise
            headers: []                | headers: [a]        | 6: headers: text (expected: a list)
            headers: []                | headers: [[a]]      | 6: headers: 1 items (expected: [name, value])
            headers: []                | headers: [[a, \u0161]] | 6: header: a: \u0161
            id: openai                 | id: ''#             | 3: id: '' (expected: at least one character)
            to: openai POST            | to: POST            | 5: to: POST /v1/chat/completions (expected: UPSTREAM METHOD /path)
            {"model": "gpt-4o"}        | {"model": "a", "model": "b"} | 7: json: Duplicate
            {"model": "gpt-4o"}        | {"model": gpt-4o}   | line 1 of the block (expected: one JSON value)
            'data: [DONE]'             | {blob: ../../etc/passwd}   | 15: blob: ../../etc/passwd (expected: 64 lower-case
            'data: [DONE]'             | {base64: '?'}       | 15: base64: Input
            'data: [DONE]'             | {text: a, base64: YQ==} | 15: body: 2 forms (expected: one of
            'data: [DONE]'             | {}                  | 15: frame: no form
            'data: [DONE]'             | [[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]] | 15: nesting: deeper than 16
            """)
    void refuses(String good, String bad, String message) throws IOException {
        String text = GOOD.replace(good, bad);
        assertThat(text).isNotEqualTo(GOOD);
        Files.writeString(file, text);

        assertRefused(message);
    }

    @Test
    void refusesAKeyWrittenTwice() throws IOException {
        Files.writeString(file, GOOD.replace("  end-ms: 3\n", "  end-ms: 3\n  end-ms: 4\n"));

        assertRefused("19: key: end-ms (expected: each key once)");
    }

    @Test
    void refusesAnIdWrittenTwice() throws IOException {
        Files.writeString(file, GOOD + GOOD.substring(GOOD.indexOf("---")));

        assertRefused("id: openai-chat-3f9a12c4 (expected: each id once in a file)");
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Files.write(file, GOOD.replace("DONE", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("15: text: byte 0xE9 (expected: UTF-8)");
    }

    @Test
    void refusesAnEmptyFileAndAMissingOne() throws IOException {
        Files.writeString(file, "");
        assertRefused("1: file: empty (expected: llmsim: cassette/1)");

        Files.delete(file);
        assertThatThrownBy(() -> CassetteFiles.read(file))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContaining("no such file");
    }

    @Test
    void refusesAFileAboveTheStatedSize() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(CassetteFiles.MAX_FILE_BYTES + 1);
        }

        assertRefused("1: size: 268435457 bytes (expected: at most 268435456)");
    }

    @Test
    void readsFilesWithWindowsLineEnds() throws IOException {
        Files.writeString(file, GOOD);
        List<Cassette> unix = CassetteFiles.read(file);

        Files.writeString(file, GOOD.replace("\n", "\r\n"));

        assertThat(CassetteFiles.read(file)).isEqualTo(unix);
    }

    @Test
    void readsMoreThanTheYamlLibrarysOwnLimitOfThreeMegabytes() throws IOException {
        String big = "x\ud83d\ude00".repeat(3_000_000);
        Files.writeString(file, GOOD.replace("DONE", big));

        Recording read = CassetteFiles.read(file).get(0).recordings().get(0);

        assertThat(read.response().body()).isEqualTo(Bytes.utf8("data: [" + big + "]\n\n"));
    }

    @Test
    void refusesBlobsThatAreMissingChangedOrLinks() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("test.llm.blobs"));
        String hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; // SHA-256 of "hello"
        Files.writeString(file, GOOD.replace("'data: [DONE]'", "{blob: '" + hash + "'}"));
        Path blob = blobs.resolve(hash);
        assertRefused("15: blob: no file " + hash);

        Files.writeString(blob, "hullo");
        assertRefused("15: blob: " + hash + " with other content");

        Files.delete(blob);
        Path outside = Files.writeString(folder.resolve("outside"), "hello");
        Files.createSymbolicLink(blob, outside);
        assertRefused("15: blob: a link at " + hash);

        Files.delete(blob);
        Files.writeString(blob, "hello");
        assertThat(CassetteFiles.read(file)
                        .get(0)
                        .recordings()
                        .get(0)
                        .response()
                        .body())
                .isEqualTo(Bytes.utf8("hello"));

        Path elsewhere = Files.move(blobs, folder.resolve("elsewhere"));
        Files.createSymbolicLink(blobs, elsewhere);
        assertRefused("15: blob: a link at " + hash);
    }

    @Test
    void framesThatNameOneBlobShareItsBytesUpToALimit() throws IOException {
        Bytes blob = Bytes.wrap(new byte[64 << 20]);
        String hash = BlobFolder.hash(blob);
        Path blobs = Files.createDirectory(folder.resolve("test.llm.blobs"));
        Files.write(blobs.resolve(hash), blob.toArray());
        String frame = "  - {blob: '" + hash + "'}\n";
        String ten = GOOD.replace("  - 'data: [DONE]'\n", frame.repeat(10))
                .replace("at-ms: [2]", "at-ms: [" + "2, ".repeat(9) + "2]");
        Files.writeString(file, ten);

        List<Frame> frames =
                CassetteFiles.read(file).get(0).recordings().get(0).response().frames();
        assertThat(frames)
                .hasSize(10)
                .allSatisfy(
                        one -> assertThat(one.bytes()).isSameAs(frames.get(0).bytes()));

        Files.writeString(file, ten.replace(frame, frame + frame).replace("at-ms: [", "at-ms: [" + "2, ".repeat(10)));
        assertRefused("frames: 1342177280 bytes (expected: at most 1073741824)");
    }

    @Test
    void oldVersionsAreConvertedOneStepAtATime() {
        YamlNode interaction = text("a");
        YamlNode version2 = text("cassette/2");

        YamlNode converted = CassetteVersion.upgradeFrom(
                        version2,
                        List.of(
                                old -> text("never"),
                                old -> text(old.text("x") + "b"),
                                old -> text(old.text("x") + "c")))
                .apply(interaction);

        assertThat(converted.text("x")).isEqualTo("abc");
        assertThat(CassetteVersion.CURRENT).isEqualTo("cassette/1");
    }

    @Test
    void askingForTheWrongKindIsAnErrorAtItsPlace() {
        YamlNode.Mapping mapping = new YamlNode.Mapping(Map.of("a", text("b")), new Place("f", 1));

        assertThatThrownBy(() -> mapping.text("x")).hasMessageContaining("f:1: x: a mapping (expected: text)");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOneWhole() throws IOException {
        Files.writeString(file, GOOD);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("test.llm.blobs"), elsewhere);
        Recording old = CassetteFiles.read(file).get(0).recordings().get(0);
        Recording binary =
                new Recording(old.id(), old.request().withBody(Bytes.wrap(new byte[9000])), old.response(), false);

        assertThatThrownBy(() -> CassetteFiles.write(folder, new Cassette("test", List.of(binary))))
                .hasMessageContaining("a link (expected: a folder)");

        assertThat(file).hasContent(GOOD);
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).isEmpty();
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> CassetteFiles.read(file))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CASSETTE_INVALID))
                .hasMessageContaining("test.llm.yaml:")
                .hasMessageContaining(message.strip());
    }

    private static YamlNode text(String value) {
        return new YamlNode.Scalar(value, true, "", new Place("f", 1));
    }
}
