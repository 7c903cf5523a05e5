package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a multipart body (RFC 2046, section 5.1) stands in a cassette file: its boundary, and each part's header lines and
 * body. Chosen only where that gives back the same bytes.
 */
final class PartsForm {
    private static final Pattern FIRST_LINE =
            Pattern.compile("--([A-Za-z0-9'()+_,./:=?-]{1,70})\r\n.*", Pattern.DOTALL);
    private static final String CRLF = "\r\n";

    /** One part of the body. */
    private record Part(Headers headers, Bytes body) {}

    private PartsForm() {}

    /** {@code body} as {@code parts} in the request, or empty where it is not multipart. */
    static Optional<String> write(Bytes body, BlobSink blobs) {
        String latin1 = new String(body.toArray(), StandardCharsets.ISO_8859_1);
        Matcher first = FIRST_LINE.matcher(latin1);
        if (!first.matches()) {
            return Optional.empty();
        }
        String boundary = first.group(1);
        Optional<List<Part>> parts = split(latin1, boundary);
        return parts.filter(some -> join(boundary, some).equals(body)).map(some -> text(boundary, some, blobs));
    }

    static Bytes read(YamlNode node, BlobSource blobs) {
        Fields fields = new Fields("parts", node);
        String boundary = fields.text("boundary");
        List<Part> parts = new ArrayList<>();
        for (YamlNode item : fields.required("list").items("list")) {
            Fields part = new Fields("part", item);
            Headers headers = HeaderForm.read("headers", part.required("headers"));
            parts.add(new Part(headers, BodyForm.read(part, blobs).orElse(Bytes.EMPTY)));
            part.end();
        }
        fields.end();
        return join(boundary, parts);
    }

    private static Optional<List<Part>> split(String latin1, String boundary) {
        String last = CRLF + "--" + boundary + "--" + CRLF;
        if (!latin1.endsWith(last)) {
            return Optional.empty();
        }
        String inner = latin1.substring(boundary.length() + 4, latin1.length() - last.length());
        List<Part> parts = new ArrayList<>();
        for (String piece : inner.split(Pattern.quote(CRLF + "--" + boundary + CRLF), -1)) {
            int blank = piece.indexOf(CRLF + CRLF);
            Optional<Headers> headers = blank < 0 ? Optional.empty() : headers(piece.substring(0, blank));
            if (headers.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Part(headers.get(), latin1Bytes(piece.substring(blank + 4))));
        }
        return Optional.of(parts);
    }

    private static Optional<Headers> headers(String block) {
        List<Header> lines = new ArrayList<>();
        for (String line : block.split(CRLF, -1)) {
            int colon = line.indexOf(": ");
            if (colon <= 0) {
                return Optional.empty();
            }
            lines.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
        }
        return Optional.of(Headers.of(lines));
    }

    private static Bytes join(String boundary, List<Part> parts) {
        List<Bytes> out = new ArrayList<>();
        for (Part part : parts) {
            StringBuilder head = new StringBuilder("--").append(boundary).append(CRLF);
            part.headers()
                    .forEach(line -> head.append(line.name())
                            .append(": ")
                            .append(line.value())
                            .append(CRLF));
            out.add(latin1Bytes(head.append(CRLF).toString()));
            out.add(part.body());
            out.add(latin1Bytes(CRLF));
        }
        out.add(latin1Bytes("--" + boundary + "--" + CRLF));
        return Bytes.concat(out);
    }

    private static String text(String boundary, List<Part> parts, BlobSink blobs) {
        StringBuilder out = new StringBuilder("parts:\n");
        out.append("    boundary: ").append(YamlText.inline(boundary)).append('\n');
        out.append("    list:\n");
        for (Part part : parts) {
            out.append("    - headers:").append(HeaderForm.write(part.headers(), 6));
            if (!part.body().isEmpty()) {
                out.append("      ").append(BodyForm.exact(part.body(), 8, blobs));
            }
        }
        return out.toString();
    }

    private static Bytes latin1Bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
