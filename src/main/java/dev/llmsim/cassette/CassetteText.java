package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlReader;
import dev.llmsim.cassette.text.YamlRules;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Recording;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The text of a cassette file, version {@code cassette/1}: a header document, then one YAML document per interaction, keys
 * in a fixed order, interactions in the order of their ids. Equal cassettes have equal texts.
 */
final class CassetteText {
    /** The most characters in one interaction. */
    static final int MAX_DOCUMENT_CHARS = 128 * 1024 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_NODES = 8_000_000;
    private static final YamlRules RULES = new YamlRules(MAX_DOCUMENT_CHARS, MAX_DEPTH, MAX_NODES, Set.of(), false);
    private static final String HEADER_KEY = "llmsim";

    private CassetteText() {}

    /** The header document; interactions follow it, each begun by a {@code ---} line. */
    static String header() {
        return HEADER_KEY + ": " + CassetteVersion.CURRENT + "\n";
    }

    /** The document of one interaction, with its {@code ---} line. */
    static String interaction(Recording recording, BlobSink blobs) {
        StringBuilder out = new StringBuilder("---\n");
        out.append("id: ").append(YamlText.inline(recording.id())).append('\n');
        if (recording.redacted()) {
            out.append("redacted: true\n");
        }
        out.append("request:\n").append(RequestForm.write(recording.request(), blobs));
        out.append("response:\n").append(ResponseForm.write(recording.response(), blobs));
        return out.toString();
    }

    /** The recordings of a file, in the order of their ids; {@code file} is its name in errors. */
    static List<Recording> parse(String file, Reader reader, BlobSource blobs) {
        List<YamlNode> documents = YamlReader.read(file, reader, RULES);
        if (documents.isEmpty()) {
            throw new Place(file, 1)
                    .invalid("file", "empty", CassetteVersion.EXPECTED, "restore it from version control");
        }
        Fields header = new Fields("header", documents.get(0));
        YamlNode version = header.required(HEADER_KEY);
        header.end();
        CassetteVersion.Upgrade upgrade = CassetteVersion.upgradeFrom(version);
        Map<String, Recording> byId = new TreeMap<>(RecordingIds.ORDER);
        for (YamlNode document : documents.subList(1, documents.size())) {
            Recording recording = recording(upgrade.apply(document), blobs);
            if (byId.put(recording.id(), recording) != null) {
                throw document.place().invalid("id", recording.id(), "each id once in a file", "rename one of the two");
            }
        }
        return new ArrayList<>(byId.values());
    }

    private static Recording recording(YamlNode document, BlobSource blobs) {
        Fields fields = new Fields("interaction", document);
        YamlNode id = fields.required("id");
        if (id.text("id").isEmpty()) {
            throw id.place().invalid("id", "''", "at least one character", "give it a name");
        }
        Recording recording = new Recording(
                id.text("id"),
                RequestForm.read(fields.required("request"), blobs),
                ResponseForm.read(fields.required("response"), blobs),
                fields.optional("redacted").map(CassetteText::isTrue).orElse(false));
        fields.end();
        return recording;
    }

    private static boolean isTrue(YamlNode node) {
        String text = node.text("redacted");
        if (!text.equals("true") && !text.equals("false")) {
            throw node.place().invalid("redacted", text, "true or false", "correct it");
        }
        return text.equals("true");
    }
}
