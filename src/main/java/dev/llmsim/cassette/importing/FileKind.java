package dev.llmsim.cassette.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

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
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String start = line.substring(0, Math.min(line.length(), MAX_LINE_CHARS))
                        .replace("\u00ef\u00bb\u00bf", "");
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
}
