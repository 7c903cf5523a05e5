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

    /** {@code wire} as it is compared with its replay: without its content coding, where that can be undone. */
    public static Response decoded(Response wire) {
        ResponseHead head = wire.head().orElse(null);
        if (head == null) {
            return wire;
        }
        String coding = String.join(",", head.headers().all("content-encoding"));
        Optional<List<Frame>> decoded = decoded(wire.frames(), coding, new ArrayList<>());
        List<Frame> frames = decoded.isPresent()
                ? framed(decoded.get(), head.headers().first("content-type").orElse(""))
                : wire.frames();
        Headers headers = decoded.isPresent() ? head.headers().without("content-encoding") : head.headers();
        return new Response(
                new ResponseHead(head.status(), head.reason(), headers),
                wire.framing(),
                coding.isEmpty() || frames.isEmpty() ? wire.declaredBytes() : -1,
                frames,
                wire.trailers(),
                wire.timing(),
                wire.headMicros(),
                wire.endMicros(),
                ending(wire, frames));
    }

    /** A client that left after the last event of the stream had everything: nothing was cut. */
    private static Ending ending(Response wire, List<Frame> frames) {
        boolean hadAll = wire.ending() == Ending.CLIENT_CANCELLED && Terminators.end(frames);
        return hadAll ? Ending.COMPLETE : wire.ending();
    }

    private static Response plain(RawExchange raw, List<String> remarks) {
        Response wire = raw.response();
        Headers headers = wire.head().map(ResponseHead::headers).orElse(Headers.EMPTY);
        String coding = String.join(",", headers.all("content-encoding"));
        Optional<List<Frame>> decoded = decoded(wire.frames(), coding, remarks);
        boolean isPlain = decoded.isPresent();
        List<Frame> frames =
                isPlain ? framed(decoded.get(), headers.first("content-type").orElse("")) : wire.frames();
        return new Response(
                head(wire, isPlain),
                wire.framing(),
                declaredBytes(raw, coding.isEmpty() || !isPlain, frames),
                frames,
                HeaderRules.kept(wire.trailers()),
                wire.timing(),
                wire.headMicros(),
                wire.endMicros(),
                ending(wire, frames));
    }

    private static Optional<List<Frame>> decoded(List<Frame> reads, String coding, List<String> remarks) {
        Decoded decoded = ContentCoding.decode(reads, coding);
        if (decoded instanceof Decoded.Plain plain) {
            if (!plain.complete()) {
                remarks.add(
                        "content-encoding " + coding + ": the body was cut short; what had arrived is kept decoded");
            }
            return Optional.of(plain.reads());
        }
        remarks.add(((Decoded.Undecodable) decoded).reason()
                + "; the body is kept as it is and was not searched for secrets");
        return Optional.empty();
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

    private static @Nullable ResponseHead head(Response wire, boolean isPlain) {
        return wire.head()
                .map(head -> {
                    Headers kept = HeaderRules.kept(head.headers());
                    return new ResponseHead(
                            head.status(), head.reason(), isPlain ? kept.without("content-encoding") : kept);
                })
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
