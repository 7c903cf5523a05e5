package dev.llmsim.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * One answer as a client saw it on a connection that it asked to be closed afterwards. Text is ISO-8859-1, so a char is a
 * byte.
 *
 * @param statusLine empty where no head came
 * @param headers the end-to-end header lines in order, without ours and without those that only frame or code the body
 * @param framing {@code chunked}, {@code close} or the announced {@code content-length}
 * @param body without transfer coding and content coding
 * @param trailers as they stood on the wire
 * @param whole whether everything came that the framing had announced
 * @param reset whether the connection ended by RST rather than FIN
 */
public record RawAnswer(
        String statusLine,
        List<String> headers,
        String framing,
        String body,
        String trailers,
        boolean whole,
        boolean reset) {
    private static final Set<String> NOT_KEPT = Set.of(
            "connection",
            "keep-alive",
            "content-encoding",
            "transfer-encoding",
            "content-length",
            "trailer",
            "set-cookie");

    /** Reads what {@code end} brought; {@code bodiless} for answers that have no body whatever their head says. */
    public static RawAnswer of(RawConnection.End end, boolean bodiless) throws IOException {
        int blank = end.text().indexOf("\r\n\r\n");
        if (blank < 0) {
            return new RawAnswer(end.text(), List.of(), "", "", "", false, end.reset());
        }
        String head = end.text().substring(0, blank + 4);
        String rest = end.text().substring(blank + 4);
        List<String> lines = List.of(head.trim().split("\r\n"));
        Body body = Body.of(head, rest, end.reset(), bodiless);
        boolean coded = RawConnection.header(head, "content-encoding").equals("gzip");
        return new RawAnswer(
                lines.get(0),
                lines.subList(1, lines.size()).stream()
                        .filter(RawAnswer::isKept)
                        .toList(),
                coded && !body.framing.equals("chunked") ? "decoded" : body.framing,
                coded ? gunzip(body.text) : body.text,
                body.trailers,
                body.whole,
                end.reset());
    }

    private static boolean isKept(String line) {
        String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
        return !name.startsWith("x-llmsim-") && !NOT_KEPT.contains(name);
    }

    private static String gunzip(String coded) throws IOException {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(coded.getBytes(StandardCharsets.ISO_8859_1)))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private record Body(String framing, String text, String trailers, boolean whole) {
        static Body of(String head, String rest, boolean reset, boolean bodiless) {
            String length = RawConnection.header(head, "content-length");
            if (RawConnection.header(head, "transfer-encoding").contains("chunked")) {
                return chunked(rest);
            }
            if (bodiless) {
                return new Body(length, rest, "", rest.isEmpty());
            }
            return length.isEmpty()
                    ? new Body("close", rest, "", !reset)
                    : new Body(length, rest, "", rest.length() == Integer.parseInt(length));
        }

        private static Body chunked(String rest) {
            StringBuilder text = new StringBuilder();
            int at = 0;
            for (int line = rest.indexOf("\r\n", at); line >= 0; line = rest.indexOf("\r\n", at)) {
                int size = Integer.parseInt(rest.substring(at, line), 16);
                if (size == 0) {
                    String trailers = rest.substring(line + 2);
                    return new Body("chunked", text.toString(), trailers, trailers.endsWith("\r\n"));
                }
                text.append(rest, line + 2, Math.min(rest.length(), line + 2 + size));
                at = Math.min(rest.length(), line + 2 + size + 2);
            }
            return new Body("chunked", text.toString(), "", false);
        }
    }
}
