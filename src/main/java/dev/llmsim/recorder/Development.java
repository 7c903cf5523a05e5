package dev.llmsim.recorder;

import dev.llmsim.cassette.redaction.HeaderRules;
import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.coding.Decoded;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.provider.framing.Terminators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Develops raw exchanges: decodes their bodies, cuts them into frames, drops and redacts what must not be written. */
public final class Development {
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private final Redactor redactor;

    public Development(Redactor redactor) {
        this.redactor = redactor;
    }

    /** {@code raw} as it may be written. Linear in its size; keeps nothing. */
    public Developed develop(RawExchange raw) {
        RedactedRequest request = redactor.redact(raw.request());
        List<String> remarks = new ArrayList<>();
        Response plain = plain(raw, remarks);
        Response redacted = redactor.redact(plain, request.secrets());
        boolean changed = request.changed() || !redacted.equals(plain);
        return new Developed(request.request(), redacted, changed, remarks);
    }

    /**
     * Why a recording of {@code raw} cannot hold what was sent: its answer's content coding cannot be undone, so what it says is not known
     * and is not kept. Decodes once more: to be asked only where something is wrong.
     */
    public static Optional<String> undecodable(RawExchange raw) {
        return Plain.of(raw.response()).flaw();
    }

    /** {@code wire} as it is compared with its replay: without its content coding, where that can be undone. */
    public static Response decoded(Response wire) {
        ResponseHead head = wire.head().orElse(null);
        Plain plain = Plain.of(wire);
        if (head == null || plain.flaw().isPresent()) {
            return wire;
        }
        return new Response(
                new ResponseHead(head.status(), head.reason(), head.headers().without("content-encoding")),
                wire.framing(),
                plain.coding().isEmpty() || plain.frames().isEmpty() ? wire.declaredBytes() : -1,
                plain.frames(),
                wire.trailers(),
                wire.timing(),
                wire.headMicros(),
                wire.endMicros(),
                ending(wire, plain.frames()));
    }

    /** A client that left after the last event of the stream had everything: nothing was cut. */
    private static Ending ending(Response wire, List<Frame> frames) {
        boolean hadAll = wire.ending() == Ending.CLIENT_CANCELLED && Terminators.end(frames);
        return hadAll ? Ending.COMPLETE : wire.ending();
    }

    private static Response plain(RawExchange raw, List<String> remarks) {
        Response wire = raw.response();
        Plain plain = Plain.of(wire);
        plain.remark().ifPresent(remarks::add);
        return new Response(
                head(wire),
                wire.framing(),
                declaredBytes(raw, plain.coding().isEmpty(), plain.frames()),
                plain.frames(),
                HeaderRules.kept(wire.trailers()),
                wire.timing(),
                wire.headMicros(),
                wire.endMicros(),
                ending(wire, plain.frames()));
    }

    /** The body of an answer without its coding, cut into frames: as much of it as can be had. */
    private record Plain(String coding, Decoded decoded, List<Frame> frames, boolean shouldBeWhole) {

        static Plain of(Response wire) {
            Headers headers = wire.head().map(ResponseHead::headers).orElse(Headers.EMPTY);
            String coding = String.join(",", headers.all("content-encoding"));
            Decoded decoded = ContentCoding.decode(wire.frames(), coding);
            List<Frame> frames =
                    framed(decoded.reads(), headers.first("content-type").orElse(""));
            return new Plain(coding, decoded, frames, wire.ending() == Ending.COMPLETE && !Terminators.end(frames));
        }

        /** Why {@link #frames} are not what was sent. */
        Optional<String> flaw() {
            if (decoded instanceof Decoded.Undecodable broken) {
                return Optional.of(broken.reason() + "; " + kept());
            }
            return decoded instanceof Decoded.CutShort && shouldBeWhole
                    ? Optional.of("content-encoding: the answer is complete but its coded body has no end; " + kept())
                    : Optional.empty();
        }

        Optional<String> remark() {
            return flaw().or(() -> decoded instanceof Decoded.CutShort
                    ? Optional.of("content-encoding: the coded body was cut short; what had arrived is kept decoded")
                    : Optional.empty());
        }

        private String kept() {
            int keptBytes = decoded.bytes().length();
            return "what could not be searched for secrets is not kept"
                    + (keptBytes == 0 ? "" : ", only the " + keptBytes + " decoded bytes before it");
        }
    }

    private static List<Frame> framed(List<Frame> reads, String contentType) {
        Framer framer = Framers.forContentType(contentType);
        List<Frame> frames = new ArrayList<>();
        for (Frame read : reads) {
            frames.addAll(framer.feed(read.bytes(), read.offsetMicros()));
        }
        frames.addAll(framer.finish());
        return frames;
    }

    private static @Nullable ResponseHead head(Response wire) {
        return wire.head()
                .map(head -> new ResponseHead(
                        head.status(),
                        head.reason(),
                        HeaderRules.kept(head.headers()).without("content-encoding")))
                .orElse(null);
    }

    /**
     * The length that belongs to the body as it is kept: what upstream announced where there is no body or it ended short,
     * uncoded, of that; else what it came to.
     */
    private static long declaredBytes(RawExchange raw, boolean keptAsSent, List<Frame> frames) {
        Response wire = raw.response();
        boolean bodiless = raw.request().method().equals("HEAD")
                || wire.head().map(ResponseHead::status).map(BODILESS::contains).orElse(false);
        if (bodiless) {
            return wire.declaredBytes();
        }
        if (wire.framing() != Framing.LENGTH) {
            return -1;
        }
        if (wire.ending() == Ending.COMPLETE) {
            return Frame.totalBytes(frames);
        }
        return keptAsSent && wire.bodyBytes() < wire.declaredBytes() ? wire.declaredBytes() : -1;
    }
}
