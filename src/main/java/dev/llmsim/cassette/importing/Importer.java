package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.importing.ImportNote.Kind;
import dev.llmsim.cassette.text.Utf8Text;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads cassettes of every known kind, telling the kind by the content; everything is redacted on the way in. */
public final class Importer {
    private static final Pattern EXTENSION = Pattern.compile("(?:\\.llm)?\\.[^.]*$");
    private static final Set<String> EXTENSIONS = Set.of("yaml", "yml");

    private final ImportSettings settings;
    private final VcrImporter vcr;

    public Importer(ImportSettings settings) {
        this.settings = settings;
        this.vcr = new VcrImporter(settings);
    }

    /** Whether {@code file} is a cassette of another program, which has to be imported before it can be replayed. */
    public static boolean isForeign(Path file) {
        try {
            return Files.isRegularFile(file) && FileKind.of(file) == FileKind.VCR;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The cassette in a file, or those in all {@code .yaml} and {@code .yml} files of a folder and the folders within it, by
     * name; a cassette is then named after its path. Links to folders are not followed.
     */
    public Imported read(Path fileOrFolder) {
        CassetteFiles.requireThere(fileOrFolder);
        if (!Files.isDirectory(fileOrFolder)) {
            return readFile(
                    fileOrFolder,
                    nameOf(fileOrFolder.getFileName() == null ? fileOrFolder : fileOrFolder.getFileName()),
                    true);
        }
        Imported all = new Imported(List.of(), List.of());
        Set<String> names = new HashSet<>();
        for (Path file : filesIn(fileOrFolder)) {
            String name = free(nameOf(fileOrFolder.relativize(file)), names);
            all = all.and(readFile(file, name, false));
        }
        return all;
    }

    private Imported readFile(Path file, String name, boolean mustBeKnown) {
        try {
            return switch (FileKind.of(file)) {
                case CASSETTE -> ours(file, name);
                case VCR -> foreign(file, name);
                case UNKNOWN -> ignored(file, mustBeKnown);
            };
        } catch (IOException e) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    file + ": cannot be read: " + e + " (expected: a cassette); check the path and its permissions",
                    e);
        }
    }

    private Imported foreign(Path file, String name) throws IOException {
        Reader reader = new StringReader(Utf8Text.read(file, VcrImporter.MAX_FILE_CHARS));
        return vcr.read(name, file.toString(), reader);
    }

    private Imported ours(Path file, String name) {
        List<Recording> recordings = new ArrayList<>();
        for (Recording recording : CassetteFiles.read(file).get(0).recordings()) {
            SafeRecording safe = SafeRecording.of(recording.request(), recording.response(), settings.redactor());
            boolean redacted = recording.redacted() || safe.redacted();
            Request request = recording.request().headers().isKnown()
                    ? safe.request()
                    : VcrInteraction.withHeaders(safe.request(), Headers.UNKNOWN);
            recordings.add(new Recording(recording.id(), request, safe.response(), redacted));
        }
        return new Imported(List.of(new Cassette(name, recordings)), List.of());
    }

    private static Imported ignored(Path file, boolean mustBeKnown) {
        if (mustBeKnown) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    file
                            + ": neither begins with llmsim: nor has interactions: (expected: a cassette file of llmsim or of"
                            + " VCR.py); give another file");
        }
        return new Imported(List.of(), List.of(new ImportNote(file.toString(), 0, Kind.FILE_IGNORED, "")));
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> EXTENSIONS.contains(extension(file)))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (IOException e) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    folder + ": cannot be listed: " + e + " (expected: a folder of cassettes); check its permissions",
                    e);
        }
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String nameOf(Path path) {
        String plain = EXTENSION.matcher(path.toString()).replaceFirst("");
        return Cassette.nameFrom(plain.replace(path.getFileSystem().getSeparator(), "."));
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name.substring(0, Math.min(name.length(), 120)) + "-" + number;
        }
        return free;
    }
}
