package dev.llmsim.cassette.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole text files of limited size, and says in which line one of them is not UTF-8. */
public final class Utf8Text {
    private Utf8Text() {}

    /** The text of {@code file}, which has at most {@code maxBytes}. */
    public static String read(Path file, int maxBytes) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > maxBytes) {
                throw tooLong(file, size + " bytes", maxBytes);
            }
            bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw tooLong(file, "more than " + maxBytes + " bytes", maxBytes);
            }
        }
        return decode(file, ByteBuffer.wrap(bytes));
    }

    private static RuntimeException tooLong(Path file, String size, int maxBytes) {
        return new Place(file.toString(), 1).invalid("size", size, "at most " + maxBytes, "split the file");
    }

    /** UTF-8 has at least as many bytes as UTF-16 has units. */
    private static String decode(Path file, ByteBuffer bytes) {
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, chars, true);
        chars.flip();
        if (result.isError()) {
            int line = 1 + (int) chars.chars().filter(c -> c == '\n').count();
            String found = "byte 0x%02X".formatted(bytes.get(bytes.position()));
            throw new Place(file.toString(), line).invalid("text", found, "UTF-8", "save the file as UTF-8");
        }
        return chars.toString();
    }
}
