package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Utf8Text;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Cassettes as files {@code NAME.llm.yaml}, with the folder {@code NAME.llm.blobs} for binary bodies. */
public final class CassetteFiles {
    /** How the names of cassette files end. */
    public static final String SUFFIX = ".llm.yaml";

    /** The most bytes in one cassette file. */
    public static final int MAX_FILE_BYTES = 256 * 1024 * 1024;

    private static final String BLOBS_SUFFIX = ".llm.blobs";

    private CassetteFiles() {}

    /** The cassette in a file, or the cassettes in a folder (not in folders within it) by name. */
    public static List<Cassette> read(Path fileOrFolder) {
        requireThere(fileOrFolder);
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(readFile(fileOrFolder));
        }
        try (Stream<Path> files = Files.list(fileOrFolder)) {
            return files.filter(file -> fileName(file).endsWith(SUFFIX))
                    .sorted((a, b) -> fileName(a).compareTo(fileName(b)))
                    .map(CassetteFiles::readFile)
                    .toList();
        } catch (IOException e) {
            throw unreadable(fileOrFolder, e);
        }
    }

    /** Refuses a path that leads nowhere. */
    public static void requireThere(Path fileOrFolder) {
        if (Files.notExists(fileOrFolder)) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    fileOrFolder
                            + ": no such file or folder (expected: a cassette file or a folder of them); check the path");
        }
    }

    /** Whether there is a cassette file of that name in {@code folder}. */
    public static boolean exists(Path folder, String name) {
        return Files.exists(fileOf(folder, name));
    }

    /** Where the cassette of that name stands in {@code folder}. */
    public static Path fileOf(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    /**
     * Writes {@code cassette} into {@code folder}, which is made if it does not exist, over an older file of its name. Whole
     * or not at all: blobs first, then the file, then blobs that are no longer named are removed.
     */
    public static void write(Path folder, Cassette cassette) {
        BlobFolder blobs = blobFolder(folder, cassette.name());
        StringBuilder text = new StringBuilder(CassetteText.header());
        makeFolder(folder);
        for (Recording recording : cassette.sortedById().recordings()) {
            text.append(document(recording, blobs));
        }
        writeText(fileOf(folder, cassette.name()), text.toString(), blobs);
    }

    /**
     * Writes {@code cassette} over the file of its name, as {@link #write} does, but leaves the text of every interaction as it
     * stands that {@link CassetteMerge} finds unchanged.
     */
    public static void update(Path folder, Cassette cassette) {
        Path file = fileOf(folder, cassette.name());
        if (!Files.exists(file)) {
            write(folder, cassette);
            return;
        }
        Cassette old = new Cassette(cassette.name(), readFile(file).recordings());
        Map<String, Recording> unchanged = CassetteMerge.unchanged(old, cassette);
        BlobFolder blobs = blobFolder(folder, cassette.name());
        StringBuilder text = new StringBuilder(CassetteText.header());
        try {
            OldText oldText = OldText.of(file, blobFolder(folder, cassette.name()));
            for (Recording recording : cassette.sortedById().recordings()) {
                Recording merged = unchanged.getOrDefault(recording.id(), recording);
                Optional<String> kept =
                        oldText.find(recording.id()).filter(any -> unchanged.containsKey(recording.id()));
                text.append(kept.map(document -> readable(document, blobs)).orElseGet(() -> document(merged, blobs)));
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        writeText(file, text.toString(), blobs);
    }

    /** Copies the file of the cassette {@code name} with its blobs, if there is one, from one folder into another. */
    public static void copy(Path from, Path to, String name) throws IOException {
        if (!Files.exists(fileOf(from, name))) {
            return;
        }
        Files.copy(fileOf(from, name), fileOf(to, name));
        Path blobs = from.resolve(name + BLOBS_SUFFIX);
        if (Files.isDirectory(blobs)) {
            Path target = Files.createDirectories(to.resolve(name + BLOBS_SUFFIX));
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path blob : files.toList()) {
                    Files.copy(blob, target.resolve(blobs.relativize(blob)));
                }
            }
        }
    }

    /** The text of one interaction as it would stand in a file; large binary bodies show as the name of their blob. */
    public static String text(Recording recording) {
        return CassetteText.interaction(recording, BlobFolder::hash);
    }

    /** {@code document}, the blobs of which are thereby known to be in use. */
    private static String readable(String document, BlobFolder blobs) {
        CassetteText.parse("kept", new StringReader(CassetteText.header() + document), blobs);
        return document;
    }

    /** One interaction, read back and compared before it may be written: what would not come back the same is a bug of ours. */
    static String document(Recording recording, BlobFolder blobs) {
        String document = CassetteText.interaction(recording, blobs);
        if (document.length() > CassetteText.MAX_DOCUMENT_CHARS) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    "recording " + recording.id() + ": " + document.length() + " characters (expected: at most "
                            + CassetteText.MAX_DOCUMENT_CHARS + "); leave it out of the export");
        }
        Reader whole = new StringReader(CassetteText.header() + document);
        List<Recording> read = CassetteText.parse(recording.id(), whole, blobs);
        if (!CassetteText.interaction(read.get(0), blobs).equals(document)
                || !read.get(0).response().equals(recording.response())) {
            throw new LlmSimException(
                    ErrorCode.INTERNAL,
                    "recording " + recording.id() + " would not come back from the file as it is; please report this");
        }
        return document;
    }

    static void writeText(Path file, String text, BlobFolder blobs) {
        Bytes content = Bytes.utf8(text);
        if (content.length() > MAX_FILE_BYTES) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    file + ": " + content.length() + " bytes (expected: at most " + MAX_FILE_BYTES
                            + "); record into several cassettes");
        }
        try {
            AtomicFile.write(file, content);
            blobs.prune();
        } catch (IOException e) {
            throw AtomicFile.unwritable(file, e);
        }
    }

    static BlobFolder blobFolder(Path folder, String name) {
        return new BlobFolder(folder.resolve(name + BLOBS_SUFFIX));
    }

    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AtomicFile.unwritable(folder, e);
        }
    }

    private static Cassette readFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = nameOf(fileName(file));
        try {
            BlobFolder blobs = blobFolder(folder == null ? file : folder, name);
            Reader reader = new StringReader(Utf8Text.read(file, MAX_FILE_BYTES));
            return new Cassette(Cassette.nameFrom(name), CassetteText.parse(file.toString(), reader, blobs));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String nameOf(String fileName) {
        if (fileName.endsWith(SUFFIX)) {
            return fileName.substring(0, fileName.length() - SUFFIX.length());
        }
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? fileName : fileName.substring(0, dot);
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static LlmSimException unreadable(Path file, IOException cause) {
        String message = file + ": cannot be read: " + cause + " (expected: a cassette file or a folder of them);"
                + " check the path and its permissions";
        return new LlmSimException(ErrorCode.CASSETTE_INVALID, message, cause);
    }
}
