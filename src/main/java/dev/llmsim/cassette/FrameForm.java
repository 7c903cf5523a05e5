package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the frames of an answer stand in a cassette file, one a line. A frame that ends with the {@code frame-end} is a string
 * without it, and an SSE event of one {@code event} and one {@code data} line is a mapping of the two; any other is a
 * {@link BodyForm}. A form is chosen only where it gives back the same bytes.
 */
final class FrameForm {
    /** The frame end that is not written: a blank line. */
    static final String DEFAULT_END = "\n\n";

    /** Longer ones first: an end counts for the first that it is. */
    private static final List<String> ENDS = List.of("\r\n\r\n", DEFAULT_END, "\r\r", "\r\n", "\n");

    private static final Pattern EVENT = Pattern.compile("event: ([^\r\n]*)(\r\n|\n|\r)data: ([^\r\n]*)");

    private final String end;
    private final String lineEnd;

    FrameForm(String end) {
        this.end = end;
        String half = end.substring(0, end.length() / 2);
        this.lineEnd = (half + half).equals(end) ? half : end;
    }

    /** The form for the frame end that most of {@code frames} have. */
    static FrameForm of(List<Bytes> frames) {
        Map<String, Integer> counts = new HashMap<>();
        for (Bytes frame : frames) {
            BodyText.of(frame).flatMap(FrameForm::endOf).ifPresent(end -> counts.merge(end, 1, Integer::sum));
        }
        String best = DEFAULT_END;
        for (String end : ENDS) {
            if (counts.getOrDefault(end, 0) > counts.getOrDefault(best, 0)) {
                best = end;
            }
        }
        return new FrameForm(best);
    }

    private static Optional<String> endOf(String text) {
        return ENDS.stream().filter(text::endsWith).findFirst();
    }

    String end() {
        return end;
    }

    /** {@code frame} as what follows {@code "- "}, without a line end. */
    String line(Bytes frame, BlobSink blobs) {
        Optional<String> decoded = BodyText.of(frame);
        if (decoded.isEmpty()) {
            return "{" + BodyForm.binary(frame, blobs) + "}";
        }
        String text = decoded.get();
        if (!text.endsWith(end)) {
            return "{text: " + YamlText.quoted(text) + "}";
        }
        String content = text.substring(0, text.length() - end.length());
        Matcher event = EVENT.matcher(content);
        return event.matches() && event.group(2).equals(lineEnd)
                ? "{event: " + YamlText.inline(event.group(1)) + ", data: " + YamlText.quoted(event.group(3)) + "}"
                : YamlText.quoted(content);
    }

    /** The bytes of each of {@code nodes}. */
    List<Bytes> read(List<YamlNode> nodes, BlobSource blobs) {
        List<Bytes> frames = new ArrayList<>(nodes.size());
        for (YamlNode node : nodes) {
            frames.add(node instanceof YamlNode.Scalar scalar ? Bytes.utf8(scalar.value() + end) : fields(node, blobs));
        }
        return frames;
    }

    private Bytes fields(YamlNode node, BlobSource blobs) {
        Map<String, YamlNode> entries = node.entries("frame");
        Fields fields = new Fields("frame", node);
        Bytes bytes = entries.containsKey("event") || entries.containsKey("data")
                ? Bytes.utf8("event: " + fields.text("event") + lineEnd + "data: " + fields.text("data") + end)
                : BodyForm.read(fields, blobs)
                        .orElseThrow(() -> node.place()
                                .invalid("frame", "no form", "a string, {event, data}, " + BodyForm.KEYS, "add one"));
        fields.end();
        return bytes;
    }
}
