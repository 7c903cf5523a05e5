package dev.llmsim.match;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Key;
import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Mark;
import dev.llmsim.match.Node.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A multipart body (RFC 2046) as its parts in order: of each the headers but {@code content-length}, and the content as JSON,
 * as text, or by its hash. The boundary is gone.
 */
final class Multipart {
    private static final int MAX_TEXT_BYTES = 8_192;
    private static final int MAX_PARTS = 10_000;

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The parts; empty where the body is not what its type says. */
    static Optional<Node> parse(Bytes body, ContentType type) {
        String boundary = type.parameter("boundary");
        return boundary.isEmpty()
                ? Optional.empty()
                : new Multipart(body.toArray(), boundary).parts().map(parts -> labelled(type.type(), parts));
    }

    /** The parts of a body whose type is not known, if it begins and ends as a multipart body does. */
    static Optional<Node> sniff(Bytes body) {
        int end = 0;
        while (end < Math.min(body.length(), 200) && body.at(end) != '\r') {
            end++;
        }
        String first = body.slice(0, end).utf8();
        return first.length() > 2 && first.startsWith("--")
                ? new Multipart(body.toArray(), first.substring(2)).parts().map(parts -> labelled("multipart", parts))
                : Optional.empty();
    }

    private static Node labelled(String type, Items parts) {
        return new Items(List.of(new Mark(type), parts));
    }

    private Optional<Items> parts() {
        List<Node> parts = new ArrayList<>();
        int at = startsAt(0) ? 0 : nextDelimiter(0);
        while (at >= 0 && parts.size() < MAX_PARTS) {
            int start = at + delimiter.length;
            if (has(start, '-') && has(start + 1, '-')) {
                return Optional.of(new Items(parts));
            }
            int next = nextDelimiter(start);
            int content = afterLine(start);
            if (next < 0 || content < 0 || content > next || !isBlank(start, content)) {
                return Optional.empty();
            }
            parts.add(part(content, next - 2));
            at = next;
        }
        return Optional.empty();
    }

    /** The delimiter that begins a line at or after {@code from}, or -1. */
    private int nextDelimiter(int from) {
        for (int i = from; i + 2 + delimiter.length <= body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n' && startsAt(i + 2)) {
                return i + 2;
            }
        }
        return -1;
    }

    private boolean startsAt(int at) {
        if (at + delimiter.length > body.length) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (body[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean has(int at, char c) {
        return at < body.length && body[at] == c;
    }

    /** Where the line that holds {@code from} ends, line end included, or -1. */
    private int afterLine(int from) {
        for (int i = from; i + 1 < body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    /** Whether a delimiter is followed by nothing but the spaces and the line end that RFC 2046 allows. */
    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private Node part(int start, int end) {
        SortedMap<String, Node> members = new TreeMap<>();
        List<Node> odd = new ArrayList<>();
        int at = start;
        while (at < end) {
            int next = Math.min(Math.max(afterLine(at), at), end + 2);
            String line = new String(body, at, Math.max(0, next - 2 - at), StandardCharsets.UTF_8);
            at = next;
            if (line.isEmpty()) {
                break;
            }
            putHeader(members, odd, line);
        }
        members.put("odd lines", new Items(odd));
        int from = Math.min(at, Math.max(end, start));
        members.put("content", content(Bytes.wrap(body).slice(from, Math.max(from, end)), members));
        return new Fields(members);
    }

    /** Keeps a header by its name; a line without a name, and a name that comes again, among the odd ones. */
    private static void putHeader(SortedMap<String, Node> members, List<Node> odd, String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
        if (name.equals("content-length")) {
            return;
        }
        Text value = new Text(line.substring(colon + 1).strip());
        if (name.isEmpty() || members.putIfAbsent("header " + name, value) != null) {
            odd.add(new Text(line));
        }
    }

    private static Node content(Bytes content, SortedMap<String, Node> headers) {
        Node type = headers.get("header content-type");
        if (type instanceof Text text && ContentType.parse(text.value()).type().equals("application/json")) {
            Optional<Node> json = JsonReader.read(content);
            if (json.isPresent()) {
                return json.get();
            }
        }
        String text = content.length() <= MAX_TEXT_BYTES ? content.utf8() : "";
        return Bytes.utf8(text).equals(content)
                ? new Text(text)
                : new Mark(content.length() + " bytes "
                        + Key.hash(content.toArray()).hex());
    }
}
