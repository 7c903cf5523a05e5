package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.ReasonPhrases;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an answer stands in a cassette file. */
final class ResponseForm {
    private static final String NONE = "none";

    /** The most bytes in one body: several frames may name one large blob. */
    private static final long MAX_BODY_BYTES = 1L << 30;

    private ResponseForm() {}

    /** The lines under {@code response:}. */
    static String write(Response response, BlobSink blobs) {
        StringBuilder out = new StringBuilder();
        response.head().ifPresentOrElse(head -> writeStatus(head, out), () -> out.append("  status: none\n"));
        out.append("  framing: ").append(EnumForm.of(response.framing())).append('\n');
        writeDeclaredBytes(response, out);
        out.append("  timing: ").append(EnumForm.of(response.timing())).append('\n');
        response.head().ifPresent(head -> out.append("  headers:").append(HeaderForm.write(head.headers(), 2)));
        if (!response.trailers().equals(Headers.EMPTY)) {
            out.append("  trailers:").append(HeaderForm.write(response.trailers(), 2));
        }
        if (!response.frames().isEmpty()) {
            out.append(frames(response.frames().stream().map(Frame::bytes).toList(), blobs));
        }
        writeTiming(response, out);
        out.append("  ending: ").append(EnumForm.of(response.ending())).append('\n');
        return out.toString();
    }

    static Response read(YamlNode node, BlobSource blobs) {
        Fields fields = new Fields("response", node);
        ResponseHead head = readHead(fields);
        List<Frame> frames = readFrames(fields, blobs);
        if (head == null && !frames.isEmpty()) {
            throw fields.place()
                    .invalid("frames", frames.size() + " frames", "none where status is none", "remove them");
        }
        Framing framing = EnumForm.read(Framing.class, "framing", fields.required("framing"));
        Optional<YamlNode> declared = fields.optional("declared-bytes");
        long declaredBytes = declared.isPresent() ? declaredBytes(declared.get()) : impliedBytes(framing, frames);
        Response response = new Response(
                head,
                framing,
                declaredBytes,
                frames,
                fields.optional("trailers")
                        .map(trailers -> HeaderForm.read("trailers", trailers))
                        .orElse(Headers.EMPTY),
                EnumForm.read(TimingSource.class, "timing", fields.required("timing")),
                fields.optional("head-ms")
                        .map(at -> Millis.micros("head-ms", at))
                        .orElse(0L),
                Millis.micros("end-ms", fields.required("end-ms")),
                EnumForm.read(Ending.class, "ending", fields.required("ending")));
        fields.end();
        return response;
    }

    private static void writeStatus(ResponseHead head, StringBuilder out) {
        out.append("  status: ").append(head.status()).append('\n');
        if (!head.reason().equals(ReasonPhrases.of(head.status()))) {
            out.append("  reason: ").append(YamlText.inline(head.reason())).append('\n');
        }
    }

    private static void writeDeclaredBytes(Response response, StringBuilder out) {
        long declared = response.declaredBytes();
        if (declared != impliedBytes(response.framing(), response.frames())) {
            out.append("  declared-bytes: ")
                    .append(declared < 0 ? NONE : declared)
                    .append('\n');
        }
    }

    private static void writeTiming(Response response, StringBuilder out) {
        if (response.head().isPresent() || response.headMicros() != 0) {
            out.append("  head-ms: ").append(Millis.of(response.headMicros())).append('\n');
        }
        if (!response.frames().isEmpty()) {
            List<String> offsets = response.frames().stream()
                    .map(frame -> Millis.of(frame.offsetMicros()))
                    .toList();
            out.append("  at-ms: [").append(String.join(", ", offsets)).append("]\n");
        }
        out.append("  end-ms: ").append(Millis.of(response.endMicros())).append('\n');
    }

    private static String frames(List<Bytes> frames, BlobSink blobs) {
        if (frames.size() == 1) {
            Optional<String> whole = wholeBody(frames.get(0), blobs);
            if (whole.isPresent()) {
                return "  frames:\n  - " + whole.get();
            }
        }
        FrameForm form = FrameForm.of(frames);
        StringBuilder out = new StringBuilder();
        if (!form.end().equals(FrameForm.DEFAULT_END)) {
            out.append("  frame-end: ").append(YamlText.quoted(form.end())).append('\n');
        }
        out.append("  frames:\n");
        frames.forEach(
                frame -> out.append("  - ").append(form.line(frame, blobs)).append('\n'));
        return out.toString();
    }

    /** The only frame as a block over several lines, where it is JSON or a text and not an event. */
    private static Optional<String> wholeBody(Bytes body, BlobSink blobs) {
        Optional<String> text = BodyText.of(body).filter(YamlText::isLiteral).filter(some -> !some.endsWith("\n\n"));
        return BodyForm.exactJson(body, 6).or(() -> text.map(some -> BodyForm.exact(body, 6, blobs)));
    }

    private static @Nullable ResponseHead readHead(Fields fields) {
        YamlNode status = fields.required("status");
        if (status.text("status").equals(NONE)) {
            return null;
        }
        long code = Fields.number("status", status);
        if (code < 200 || code > 999) {
            throw status.place().invalid("status", Long.toString(code), "200 to 999, or none", "correct it");
        }
        String reason = fields.optional("reason").map(ResponseForm::reason).orElse(ReasonPhrases.of((int) code));
        return new ResponseHead((int) code, reason, HeaderForm.read("headers", fields.required("headers")));
    }

    private static String reason(YamlNode node) {
        String reason = node.text("reason");
        if (reason.chars().anyMatch(c -> c > 0xFF || c == '\r' || c == '\n')) {
            throw node.place().invalid("reason", reason, "bytes on one line", "correct it");
        }
        return reason;
    }

    private static List<Frame> readFrames(Fields fields, BlobSource blobs) {
        String end =
                fields.optional("frame-end").map(node -> node.text("frame-end")).orElse(FrameForm.DEFAULT_END);
        List<YamlNode> nodes =
                fields.optional("frames").map(node -> node.items("frames")).orElse(List.of());
        Optional<YamlNode> at = fields.optional("at-ms");
        List<YamlNode> offsets = at.map(node -> node.items("at-ms")).orElse(List.of());
        if (offsets.size() != nodes.size()) {
            throw at.map(YamlNode::place)
                    .orElse(fields.place())
                    .invalid("at-ms", offsets.size() + " offsets", nodes.size() + ", one for each frame", "correct it");
        }
        List<Bytes> bodies = new FrameForm(end).read(nodes, blobs);
        long bodyBytes = bodies.stream().mapToLong(Bytes::length).sum();
        if (bodyBytes > MAX_BODY_BYTES) {
            throw fields.place().invalid("frames", bodyBytes + " bytes", "at most " + MAX_BODY_BYTES, "shorten them");
        }
        List<Frame> frames = new ArrayList<>(bodies.size());
        for (int i = 0; i < bodies.size(); i++) {
            frames.add(new Frame(Millis.micros("at-ms", offsets.get(i)), bodies.get(i)));
        }
        return frames;
    }

    private static long declaredBytes(YamlNode node) {
        return node.text("declared-bytes").equals(NONE) ? -1 : Fields.number("declared-bytes", node);
    }

    /** What {@code content-length} is where nothing else is said. */
    private static long impliedBytes(Framing framing, List<Frame> frames) {
        return framing == Framing.LENGTH ? Frame.totalBytes(frames) : -1;
    }
}
