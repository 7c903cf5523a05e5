package dev.llmsim.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One HTTP message as it crossed a socket. Text is ISO-8859-1, so a char is a byte. */
public final class RawMessage {
    private final String head;
    private final byte[] body;
    private final List<Integer> chunkSizes;
    private final String trailers;

    RawMessage(String head, byte[] body, List<Integer> chunkSizes, String trailers) {
        this.head = head;
        this.body = body.clone();
        this.chunkSizes = List.copyOf(chunkSizes);
        this.trailers = trailers;
    }

    /** The bytes of a head: {@code lines} with CRLF, and the blank line. */
    public static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** The bytes of one chunk of a chunked body. */
    public static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    /** Start line and headers, with the blank line. */
    public String head() {
        return head;
    }

    public String startLine() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** The header lines in their order, as spelled. */
    public List<String> headerLines() {
        List<String> lines = Arrays.asList(head.trim().split("\r\n"));
        return lines.subList(1, lines.size());
    }

    /** The value of the first header {@code name}, in lower case; empty where there is none. */
    public String header(String name) {
        return RawConnection.header(head, name);
    }

    /** The body without its transfer coding. */
    public byte[] body() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** The sizes of the chunks that carried the body; empty where it was not chunked. */
    public List<Integer> chunkSizes() {
        return chunkSizes;
    }

    /** The trailer lines, each with its line end. */
    public String trailers() {
        return trailers;
    }

    @Override
    public String toString() {
        return head + text();
    }
}
