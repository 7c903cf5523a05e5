package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart body (RFC 2046, section 5.1): each part's head and content is a text of its own. What follows the first {@value
 * #MAX_PARTS} parts is one text.
 */
final class MultipartBody implements BodySurfaces {
    static final int MAX_PARTS = 10_000;

    /** Only where a line begins: the rest of a line is read once for each place where this may match. */
    private static final Pattern NAME =
            Pattern.compile("(?im)^[ \\t]*content-disposition:[^\\r\\n]*[;\\s]name=\"?([^\";\\r\\n]*)");

    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*([^\\r\\n]*)");
    private static final String HEAD_END = "\r\n\r\n";

    private record Part(int from, Surface surface) {}

    private final List<Frame> frames;
    private final Bytes joined;
    private final String text;
    private final NextOccurrence delimiters;
    private final NextOccurrence headEnds;
    private final List<Part> parts = new ArrayList<>();

    MultipartBody(List<Frame> frames, Bytes joined, String boundary) {
        this.frames = frames;
        this.joined = joined;
        this.text = new String(joined.toArray(), StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        this.delimiters = new NextOccurrence(text, delimiter);
        this.headEnds = new NextOccurrence(text, HEAD_END);
        int from = 0;
        int mark = delimiters.from(0);
        for (int count = 0; count < MAX_PARTS && mark < text.length(); count++) {
            part(from, mark);
            from = mark + delimiter.length();
            mark = delimiters.from(from);
        }
        if (mark < text.length()) {
            add(from, new Surface(joined.slice(from, text.length()), Place.TEXT));
        } else {
            part(from, mark);
        }
    }

    /** How many characters were read to find the parts. */
    long readChars() {
        return delimiters.readChars() + headEnds.readChars();
    }

    @Override
    public List<Surface> surfaces() {
        return parts.stream().map(Part::surface).toList();
    }

    @Override
    public List<Frame> rewrite(Ledger ledger) {
        Edits edits = new Edits();
        parts.forEach(part -> edits.addAll(part.from(), part.surface().edits(ledger)));
        return edits.apply(frames, joined);
    }

    private void part(int from, int to) {
        int headEnd = headEnds.from(from);
        if (headEnd + HEAD_END.length() > to) {
            add(from, new Surface(joined.slice(from, to), Place.TEXT));
            return;
        }
        String head = text.substring(from, headEnd);
        int contentFrom = headEnd + HEAD_END.length();
        int contentTo = text.startsWith("\r\n", to - 2) && to - 2 >= contentFrom ? to - 2 : to;
        add(from, new Surface(joined.slice(from, headEnd), Place.TEXT));
        Bytes content = joined.slice(contentFrom, contentTo);
        Place place = MediaPlace.of(first(TYPE, head), content);
        boolean secret = SecretNames.isSecretField(first(NAME, head));
        add(contentFrom, secret ? Surface.secret(content, place) : new Surface(content, place));
    }

    private void add(int from, Surface surface) {
        parts.add(new Part(from, surface));
    }

    private static String first(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : "";
    }
}
