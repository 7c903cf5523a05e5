package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The SHA-256 over everything that a recording says, its id excepted (bodies have hashes of their own, which it covers). */
final class Checksum {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream(1024);
    private final DataOutputStream out = new DataOutputStream(said);

    private Checksum() {}

    static Bytes of(Recording recording) {
        try {
            Checksum sum = new Checksum();
            sum.add(recording);
            return Bodies.sha256(Bytes.wrap(sum.said.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Recording recording) throws IOException {
        add(Bytes.utf8(recording.request().upstream()));
        add(Bytes.utf8(recording.request().method()));
        add(Bytes.utf8(recording.request().target()));
        out.writeBoolean(recording.request().headers().isKnown());
        add(CompactForm.ofHeaders(recording.request().headers()));
        add(Bodies.sha256(recording.request().body()));
        add(recording.response());
        out.writeBoolean(recording.redacted());
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
        add(Bodies.sha256(response.body()));
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
