package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.RecordingIds;
import dev.llmsim.cassette.importing.ImportNote.Kind;
import dev.llmsim.cassette.text.Place;
import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlReader;
import dev.llmsim.cassette.text.YamlRules;
import dev.llmsim.exchange.Recording;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads cassettes of VCR.py and pytest-recording (YAML, version 1), with bodies as texts, as bytes ({@code !!binary}) or as
 * JSON values ({@code parsed_body}). What such a file has no place for, timing above all, is modelled or named in the
 * import report. The file is untrusted: no tag but those of bytes and texts, limited depth and size.
 */
public final class VcrImporter {
    /** The most characters in one file, and the most bytes. */
    public static final int MAX_FILE_CHARS = 128 * 1024 * 1024;

    private static final Set<String> TAGS = Set.of(
            VcrText.BINARY,
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:python/str",
            "tag:yaml.org,2002:python/unicode",
            "tag:yaml.org,2002:python/tuple");
    private static final YamlRules RULES = new YamlRules(MAX_FILE_CHARS, 200, 4_000_000, TAGS, true);

    private final ImportSettings settings;

    public VcrImporter(ImportSettings settings) {
        this.settings = settings;
    }

    /** The cassette {@code name} from {@code reader}; {@code file} names the source in errors and notes. */
    public Imported read(String name, String file, Reader reader) {
        List<ImportNote> notes = new ArrayList<>();
        List<Recording> recordings = new ArrayList<>();
        RecordingIds ids = new RecordingIds(List.of());
        for (YamlNode interaction : interactions(file, reader, notes)) {
            int number = recordings.size() + 1;
            VcrInteraction source = new VcrInteraction(
                    settings, (kind, detail) -> notes.add(new ImportNote(file, number, kind, detail)));
            SafeRecording safe = source.read(interaction);
            String id = ids.next(settings.ids().baseOf(safe.request()));
            recordings.add(new Recording(id, safe.request(), safe.response(), safe.redacted()));
        }
        return new Imported(List.of(new Cassette(name, recordings)), notes);
    }

    private static List<YamlNode> interactions(String file, Reader reader, List<ImportNote> notes) {
        List<YamlNode> documents = YamlReader.read(file, reader, RULES);
        if (documents.size() != 1) {
            throw new Place(file, 1).invalid("documents", documents.size() + "", "one", "give a cassette of VCR.py");
        }
        YamlNode document = documents.get(0);
        Map<String, YamlNode> top = new LinkedHashMap<>(document.entries("file"));
        YamlNode interactions = top.remove("interactions");
        if (interactions == null) {
            throw document.place().invalid("file", "no key interactions", "interactions", "give a cassette of VCR.py");
        }
        YamlNode version = top.remove("version");
        if (version != null && !version.text("version").equals("1")) {
            throw version.place()
                    .invalid("version", version.text("version"), "1", "migrate it with vcr.migration first");
        }
        top.keySet().forEach(key -> notes.add(new ImportNote(file, 0, Kind.FIELD_IGNORED, key)));
        return VcrJson.isAbsent(interactions) ? List.of() : interactions.items("interactions");
    }
}
