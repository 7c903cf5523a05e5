package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A multipart body (RFC 2046, section 5.1): each part's head and content is a text of its own. */
final class MultipartBody implements BodySurfaces {
    private static final Pattern NAME =
            Pattern.compile("(?i)content-disposition:[^\\r\\n]*[;\\s]name=\"?([^\";\\r\\n]*)");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*([^\\r\\n]*)");
    private static final String HEAD_END = "\r\n\r\n";

    private record Part(int from, Surface surface) {}

    private final List<Frame> frames;
    private final Bytes joined;
    private final List<Part> parts = new ArrayList<>();

    MultipartBody(List<Frame> frames, Bytes joined, String boundary) {
        this.frames = frames;
        this.joined = joined;
        String text = new String(joined.toArray(), StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        int from = 0;
        for (int mark = text.indexOf(delimiter); mark >= 0; mark = text.indexOf(delimiter, from)) {
            part(text, from, mark);
            from = mark + delimiter.length();
        }
        part(text, from, text.length());
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

    private void part(String text, int from, int to) {
        int headEnd = text.indexOf(HEAD_END, from);
        if (headEnd < 0 || headEnd + HEAD_END.length() > to) {
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
