package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.exchange.Bytes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code NAME.llm.blobs} beside a cassette file: binary bodies, each in a file named by its SHA-256. Only such
 * names are followed, never links, and what was read is verified. Not thread-safe.
 */
final class BlobFolder implements BlobSink, BlobSource {
    /** The most bytes in one blob. */
    static final long MAX_BLOB_BYTES = 256L * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String RESTORE = "restore the folder from version control or export again";

    private final Path folder;
    private final Set<String> used = new HashSet<>();

    /** What was read before and is still held by somebody: many frames may name one blob. */
    private final Map<String, WeakReference<Bytes>> known = new HashMap<>();

    BlobFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Bytes read(String sha256, Place place) {
        if (!NAME.matcher(sha256).matches()) {
            throw place.invalid("blob", sha256, "64 lower-case hexadecimal digits", "correct it");
        }
        WeakReference<Bytes> before = known.get(sha256);
        Bytes held = before == null ? null : before.get();
        return held == null ? load(sha256, place) : held;
    }

    private Bytes load(String sha256, Place place) {
        Path file = folder.resolve(sha256);
        boolean link = Files.isSymbolicLink(folder) || Files.isSymbolicLink(file);
        if (link || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw place.invalid(
                    "blob", link ? "a link at " + sha256 : "no file " + sha256, "a file in " + folder, RESTORE);
        }
        try {
            if (Files.size(file) > MAX_BLOB_BYTES) {
                throw place.invalid("blob", Files.size(file) + " bytes", "at most " + MAX_BLOB_BYTES, RESTORE);
            }
            Bytes bytes = Bytes.wrap(Files.readAllBytes(file));
            if (!hash(bytes).equals(sha256)) {
                throw place.invalid("blob", sha256 + " with other content", "content of that SHA-256", RESTORE);
            }
            used.add(sha256);
            known.put(sha256, new WeakReference<>(bytes));
            return bytes;
        } catch (IOException e) {
            throw place.invalid("blob: " + sha256 + " cannot be read: " + e.getMessage() + "; " + RESTORE, e);
        }
    }

    @Override
    public String keep(Bytes blob) {
        String sha256 = hash(blob);
        try {
            if (Files.isSymbolicLink(folder)) {
                throw new Place(folder.toString(), 1).invalid("blob folder", "a link", "a folder", "remove the link");
            }
            Path file = folder.resolve(sha256);
            boolean link = Files.isSymbolicLink(file);
            if (link
                    || !Files.exists(file)
                    || !hash(Bytes.wrap(Files.readAllBytes(file))).equals(sha256)) {
                Files.createDirectories(folder);
                AtomicFile.write(file, blob);
            }
        } catch (IOException e) {
            throw AtomicFile.unwritable(folder.resolve(sha256), e);
        }
        used.add(sha256);
        return sha256;
    }

    /** Removes the blobs that were neither kept nor read since this object was made, and the folder where none is left. */
    void prune() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (NAME.matcher(name).matches() && !used.contains(name)) {
                Files.delete(file);
            }
        }
        if (files().isEmpty()) {
            Files.delete(folder);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    static String hash(Bytes bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
