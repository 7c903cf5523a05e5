package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One message of an AWS event stream (application/vnd.amazon.eventstream), big endian: total length, headers length, CRC-32
 * of those eight bytes, headers, payload, CRC-32 of all that.
 *
 * <p>Source: the AWS event stream encoding specification (smithy.io, "Amazon Event Stream").
 */
public record EventStreamMessage(List<EventStreamHeader> headers, Bytes payload) {
    public static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

    static final int PRELUDE_BYTES = 12;
    static final int OVERHEAD_BYTES = 16;
    /** 24 MB: the specification's limit of a whole message. */
    static final int MAX_BYTES = 24 << 20;

    public EventStreamMessage {
        headers = List.copyOf(headers);
        Objects.requireNonNull(payload);
    }

    /** An event of {@code type} with a JSON payload; its headers in the order in which AWS sends them. */
    public static EventStreamMessage event(String type, Bytes json) {
        return json("event", ":event-type", type, json);
    }

    /** The exception of {@code type} that ends a stream. */
    public static EventStreamMessage exception(String type, Bytes json) {
        return json("exception", ":exception-type", type, json);
    }

    private static EventStreamMessage json(String messageType, String typeHeader, String type, Bytes json) {
        return new EventStreamMessage(
                List.of(
                        EventStreamHeader.text(typeHeader, type),
                        EventStreamHeader.text(":content-type", "application/json"),
                        EventStreamHeader.text(":message-type", messageType)),
                json);
    }

    /** The message that {@code frame} is, if it is exactly one whole message with right lengths and checksums. */
    public static Optional<EventStreamMessage> parse(Bytes frame) {
        if (frame.length() < OVERHEAD_BYTES || frame.length() > MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = frame.asByteBuffer();
        int headersBytes = buffer.getInt(4);
        int payloadEnd = frame.length() - 4;
        if (buffer.getInt(0) != frame.length()
                || headersBytes < 0
                || headersBytes > frame.length() - OVERHEAD_BYTES
                || buffer.getInt(8) != crc(frame.slice(0, 8))
                || buffer.getInt(payloadEnd) != crc(frame.slice(0, payloadEnd))) {
            return Optional.empty();
        }
        int payloadStart = PRELUDE_BYTES + headersBytes;
        return parseHeaders(frame.slice(PRELUDE_BYTES, payloadStart))
                .map(headers -> new EventStreamMessage(headers, frame.slice(payloadStart, payloadEnd)));
    }

    /** The text of the first header with {@code name}. */
    public Optional<String> text(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name) && header.type() == EventStreamHeader.STRING)
                .map(header -> header.value().utf8())
                .findFirst();
    }

    public EventStreamMessage withPayload(Bytes newPayload) {
        return new EventStreamMessage(headers, newPayload);
    }

    /** The message on the wire, with fresh lengths and checksums. */
    public Bytes encode() {
        byte[] encodedHeaders = encodeHeaders();
        int total = OVERHEAD_BYTES + encodedHeaders.length + payload.length();
        byte[] wire = new byte[total];
        ByteBuffer buffer = ByteBuffer.wrap(wire);
        buffer.putInt(total).putInt(encodedHeaders.length);
        buffer.putInt(crc(Bytes.wrap(wire).slice(0, 8)));
        buffer.put(encodedHeaders).put(payload.asByteBuffer());
        buffer.putInt(crc(Bytes.wrap(wire).slice(0, total - 4)));
        return Bytes.wrap(wire);
    }

    private byte[] encodeHeaders() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (EventStreamHeader header : headers) {
            byte[] name = header.name().getBytes(StandardCharsets.UTF_8);
            out.write(name.length);
            out.writeBytes(name);
            out.write(header.type());
            if (EventStreamHeader.valueBytes(header.type()) < 0) {
                out.write(header.value().length() >>> 8);
                out.write(header.value().length());
            }
            out.writeBytes(header.value().toArray());
        }
        return out.toByteArray();
    }

    private static Optional<List<EventStreamHeader>> parseHeaders(Bytes encoded) {
        List<EventStreamHeader> headers = new ArrayList<>();
        ByteBuffer buffer = encoded.asByteBuffer();
        try {
            while (buffer.hasRemaining()) {
                String name = new String(take(buffer, buffer.get() & 0xff), StandardCharsets.UTF_8);
                int type = buffer.get();
                if (!EventStreamHeader.isType(type)) {
                    return Optional.empty();
                }
                int fixed = EventStreamHeader.valueBytes(type);
                byte[] value = take(buffer, fixed < 0 ? buffer.getShort() & 0xffff : fixed);
                headers.add(new EventStreamHeader(name, type, Bytes.wrap(value)));
            }
        } catch (BufferUnderflowException endsWithinHeader) {
            return Optional.empty();
        }
        return Optional.of(headers);
    }

    private static byte[] take(ByteBuffer buffer, int bytes) {
        if (bytes > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[bytes];
        buffer.get(taken);
        return taken;
    }

    private static int crc(Bytes bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.asByteBuffer());
        return (int) crc.getValue();
    }
}
