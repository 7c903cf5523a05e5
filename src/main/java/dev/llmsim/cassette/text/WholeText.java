package dev.llmsim.cassette.text;

import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The YAML scanner's input, held whole. The library's own reader copies what it holds for every 1,025 characters of one
 * line, so a line of 5 MB (one base64 image) took it 20 seconds; this one takes time in proportion to the length. It counts
 * in UTF-16 units: the scanner puts surrogates together again.
 */
final class WholeText extends StreamReader {
    private static final int[] NO_SNIPPET = {};
    private static final String LINE_ENDS = "\n\u0085\u2028\u2029";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private int at;
    private int documentStart;
    private int line;
    private int column;

    /** {@code file} is the name in errors. */
    WholeText(String file, Reader reader) {
        super("");
        this.text = readAll(file, reader);
    }

    @Override
    public Mark getMark() {
        return new Mark("file", at, line, column, NO_SNIPPET, 0);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < text.length(); i++) {
            char c = text.charAt(at++);
            boolean lineEnd = LINE_ENDS.indexOf(c) >= 0 || (c == '\r' && at < text.length() && text.charAt(at) != '\n');
            if (lineEnd) {
                line++;
                column = 0;
            } else if (c != BYTE_ORDER_MARK) {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int index) {
        int position = at + index;
        return position < text.length() ? text.charAt(position) : 0;
    }

    @Override
    public String prefix(int length) {
        return text.substring(at, Math.min(text.length(), at + length));
    }

    /** As {@link #prefix}; the scanner calls it for text without line ends only. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        at += prefix.length();
        column += prefix.length();
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getDocumentIndex() {
        return at - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = at;
    }

    private static String readAll(String file, Reader reader) {
        StringBuilder out = new StringBuilder();
        char[] chunk = new char[64 * 1024];
        try {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) {
                out.append(chunk, 0, read);
            }
        } catch (IOException e) {
            int lines = (int) out.chars().filter(c -> c == '\n').count();
            throw new Place(file, lines + 1).invalid("not UTF-8 from here on: " + e + "; save the file as UTF-8", e);
        }
        String text = out.toString();
        refuseControlCharacters(file, text);
        return text;
    }

    private static void refuseControlCharacters(String file, String text) {
        text.codePoints().filter(c -> !isPrintable(c)).findFirst().ifPresent(c -> {
            int line = 1
                    + (int) text.substring(0, text.indexOf(c))
                            .chars()
                            .filter(some -> some == '\n')
                            .count();
            throw new Place(file, line)
                    .invalid(
                            "character", "U+%04X".formatted(c), "printable ones", "write it as \\xNN in double quotes");
        });
    }
}
