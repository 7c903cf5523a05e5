package dev.llmsim.cassette.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every interaction of the corpus against an oracle that reads the files by another way: Jackson's YAML tree. */
class CorpusTest {
    private static final ObjectMapper ORACLE = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern FLOAT = Pattern.compile("-?\\d+\\.\\d+(?:[eE][-+]?\\d+)?");

    @TempDir
    Path folder;

    @Test
    void allFilesAndInteractionsImport() {
        Imported imported = new Importer(Corpus.settings()).read(Corpus.FOLDER);

        assertThat(imported.cassettes()).hasSize(112);
        assertThat(imported.cassettes().stream()
                        .mapToInt(c -> c.recordings().size())
                        .sum())
                .isEqualTo(170);
        assertThat(imported.count(ImportNote.Kind.FILE_IGNORED)).isZero();
        assertThat(imported.count(ImportNote.Kind.TIMING_MODELLED)).isEqualTo(170);
    }

    @Test
    void bodiesAndHeadersAreThoseOfTheSource() throws IOException {
        int bytes = 0;
        int json = 0;
        for (Path file : Corpus.files()) {
            List<Recording> recordings = importFile(file).recordings();
            JsonNode interactions = ORACLE.readTree(file.toFile()).get("interactions");
            assertThat(recordings).as("%s", file).hasSameSizeAs(interactions);
            for (int i = 0; i < recordings.size(); i++) {
                JsonNode source = interactions.get(i);
                Recording recording = recordings.get(i);
                assertHead(source, recording);
                assertRequestBody(source.get("request"), recording.request().body());
                if (source.at("/response/body").isMissingNode()) {
                    assertFixedJson(
                            source.at("/response/parsed_body"),
                            recording.response().body());
                    json++;
                } else {
                    assertThat(recording.response().body()).isEqualTo(stringOf(source.at("/response/body/string")));
                    bytes++;
                }
            }
        }
        assertThat(bytes).isEqualTo(51);
        assertThat(json).isEqualTo(119);
    }

    @Test
    void exportImportExportIsTheIdentity() throws IOException {
        for (Path file : Corpus.files()) {
            Cassette source = importFile(file).sortedById();
            CassetteFiles.write(folder, source);
            byte[] text = Files.readAllBytes(CassetteFiles.fileOf(folder, source.name()));

            Cassette read = CassetteFiles.read(CassetteFiles.fileOf(folder, source.name()))
                    .get(0);
            CassetteFiles.write(folder, read);

            assertThat(Files.readAllBytes(CassetteFiles.fileOf(folder, source.name())))
                    .isEqualTo(text);
            assertThat(CassetteFiles.read(CassetteFiles.fileOf(folder, source.name())))
                    .containsExactly(read);
            for (int i = 0; i < read.recordings().size(); i++) {
                assertSame(read.recordings().get(i), source.recordings().get(i));
            }
        }
    }

    /** Equal but for the spaces in a JSON request. */
    private static void assertSame(Recording read, Recording source) throws IOException {
        assertThat(read.id()).isEqualTo(source.id());
        assertThat(read.response()).isEqualTo(source.response());
        assertThat(read.request().withBody(Bytes.EMPTY))
                .isEqualTo(source.request().withBody(Bytes.EMPTY));
        if (!read.request().body().equals(source.request().body())) {
            assertThat(JSON.readTree(read.request().body().toArray()))
                    .isEqualTo(JSON.readTree(source.request().body().toArray()));
        }
    }

    private static void assertHead(JsonNode source, Recording recording) {
        assertThat(recording.request().method())
                .isEqualTo(source.at("/request/method").asText());
        assertThat(source.at("/request/uri").asText())
                .endsWith(recording.request().target());
        var head = recording.response().head().orElseThrow();
        assertThat(head.status()).isEqualTo(source.at("/response/status/code").asInt());
        assertThat(head.reason())
                .isEqualTo(source.at("/response/status/message").asText());
        List<Header> expected = new ArrayList<>();
        source.at("/response/headers").properties().forEach(entry -> {
            if (!List.of("connection", "transfer-encoding", "content-length").contains(entry.getKey())) {
                entry.getValue().forEach(value -> expected.add(new Header(entry.getKey(), value.asText())));
            }
        });
        assertThat(head.headers()).isEqualTo(Headers.of(expected));
    }

    private static void assertRequestBody(JsonNode request, Bytes body) throws IOException {
        if (request.has("parsed_body")) {
            assertFixedJson(request.get("parsed_body"), body);
        } else if (request.get("body").isObject()) {
            assertFixedJson(request.get("body"), body);
        } else {
            assertThat(body).isEqualTo(stringOf(request.get("body")));
        }
    }

    /** The fixed serialisation, written down once more: Jackson's compact form, but for the spelling of fractions. */
    private static void assertFixedJson(JsonNode expected, Bytes body) throws IOException {
        assertThat(FLOAT.matcher(body.utf8()).replaceAll(number -> plain(number.group())))
                .isEqualTo(
                        FLOAT.matcher(JSON.writeValueAsString(expected)).replaceAll(number -> plain(number.group())));
        assertThat(Bytes.utf8(body.utf8())).isEqualTo(body);
    }

    private static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static Bytes stringOf(JsonNode node) throws IOException {
        return node.isBinary()
                ? Bytes.wrap(node.binaryValue())
                : Bytes.wrap(node.asText().getBytes(StandardCharsets.UTF_8));
    }

    private static Cassette importFile(Path file) {
        return new Importer(Corpus.settings()).read(file).cassettes().get(0);
    }
}
