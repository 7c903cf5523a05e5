package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The SHA-256 over everything that a recording says, its id excepted (bodies have hashes of their own, which it covers). */
final class Checksum {
    private static final Bytes EMPTY_HASH = Bodies.sha256(Bytes.EMPTY);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream(1024);
    private final DataOutputStream out = new DataOutputStream(said);

    private Checksum() {}

    /** Takes the hashes of the two bodies over; null stands for that of an empty body. */
    static Bytes of(Recording recording, @Nullable Bytes requestHashOrNull, @Nullable Bytes responseHashOrNull) {
        try {
            Checksum sum = new Checksum();
            sum.add(recording.request());
            sum.add(requestHashOrNull == null ? EMPTY_HASH : requestHashOrNull);
            sum.add(recording.response());
            sum.add(responseHashOrNull == null ? EMPTY_HASH : responseHashOrNull);
            sum.out.writeBoolean(recording.redacted());
            return Bodies.sha256(Bytes.wrap(sum.said.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Request request) throws IOException {
        add(Bytes.utf8(request.upstream()));
        add(Bytes.utf8(request.method()));
        add(Bytes.utf8(request.target()));
        out.writeBoolean(request.headers().isKnown());
        add(CompactForm.ofHeaders(request.headers()));
    }

    private void add(Response response) throws IOException {
        out.writeBoolean(response.head().isPresent());
        if (response.head().isPresent()) {
            add(response.head().get());
        }
        add(CompactForm.ofHeaders(response.trailers()));
        add(Bytes.utf8(response.framing() + " " + response.timing() + " " + response.ending()));
        out.writeLong(response.declaredBytes());
        out.writeLong(response.headMicros());
        out.writeLong(response.endMicros());
        add(CompactForm.ofFrames(response.frames()));
    }

    private void add(ResponseHead head) throws IOException {
        out.writeInt(head.status());
        add(Bytes.utf8(head.reason()));
        add(CompactForm.ofHeaders(head.headers()));
    }

    private void add(Bytes bytes) throws IOException {
        out.writeInt(bytes.length());
        bytes.writeTo(out);
    }
}
