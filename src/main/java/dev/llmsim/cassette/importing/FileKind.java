package dev.llmsim.cassette.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file is, told by its content and not by its name. */
enum FileKind {
    /** A cassette file of ours. */
    CASSETTE,
    /** A cassette of VCR.py or pytest-recording. */
    VCR,
    UNKNOWN;

    private static final Pattern CASSETTE_LINE = Pattern.compile("['\"]?llmsim['\"]?\\s*:.*");
    private static final Pattern VCR_LINE = Pattern.compile("['\"]?interactions['\"]?\\s*:.*");
    private static final int MAX_LINE_CHARS = 200;

    /** Reads {@code file} up to the first line that tells; a VCR file may begin or end with it. */
    static FileKind of(Path file) throws IOException {
        // ISO-8859-1 maps every byte: damaged text is for the reader of that kind to complain about
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
            for (String line = lineStart(reader); line != null; line = lineStart(reader)) {
                String start = line.replace("\u00ef\u00bb\u00bf", "");
                if (CASSETTE_LINE.matcher(start).matches()) {
                    return CASSETTE;
                }
                if (VCR_LINE.matcher(start).matches()) {
                    return VCR;
                }
            }
            return UNKNOWN;
        }
    }

    /** The beginning of the next line, of which the rest is skipped; null at the end. */
    private static @Nullable String lineStart(Reader reader) throws IOException {
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        StringBuilder start = new StringBuilder();
        for (; next >= 0 && next != '\n' && next != '\r'; next = reader.read()) {
            if (start.length() < MAX_LINE_CHARS) {
                start.append((char) next);
            }
        }
        return start.toString();
    }
}
