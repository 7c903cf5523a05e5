package dev.llmsim.cassette;

import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of each interaction of an existing file as it stands there, comments and hand-made layout included. */
final class OldText {
    /** A line that begins with {@code ---} begins a document, wherever it stands. */
    private static final Pattern DOCUMENT_START = Pattern.compile("(?m)^(?=---)");

    private final Map<String, String> byId = new HashMap<>();

    private OldText() {}

    /** The texts of {@code file}, which has been read without errors before. */
    static OldText of(Path file, BlobSource blobs) throws IOException {
        OldText texts = new OldText();
        String text = Files.readString(file).replace("\r\n", "\n");
        String ended = text.endsWith("\n") ? text : text + "\n";
        if (!ended.startsWith(CassetteText.header())) {
            return texts;
        }
        for (String document : DOCUMENT_START.split(ended)) {
            if (document.startsWith("---")) {
                StringReader reader = new StringReader(CassetteText.header() + document);
                List<Recording> one = CassetteText.parse(file.toString(), reader, blobs);
                one.forEach(recording -> texts.byId.put(recording.id(), document));
            }
        }
        return texts;
    }

    Optional<String> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
