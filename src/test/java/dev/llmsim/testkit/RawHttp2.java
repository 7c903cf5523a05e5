package dev.llmsim.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A client of HTTP/2 with prior knowledge that writes and reads frames itself, on the caller's thread; the library does only the
 * header compression. What is read for any stream is kept in that stream's {@link Stream}. Text is ISO-8859-1.
 */
public final class RawHttp2 implements AutoCloseable {
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** Frame types (RFC 9113, section 6). */
    public static final int DATA = 0;

    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** Settings (section 6.5.2). */
    public static final int MAX_CONCURRENT_STREAMS = 3;

    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_HEADER_LIST_SIZE = 6;

    /** Error codes (section 7). */
    public static final long NO_ERROR = 0;

    public static final long PROTOCOL_ERROR = 1;
    public static final long INTERNAL_ERROR = 2;
    public static final long REFUSED_STREAM = 7;
    public static final long CANCEL = 8;
    public static final long ENHANCE_YOUR_CALM = 11;

    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final long DEFAULT_WINDOW = 65_535;
    private static final int MAX_FRAME_BYTES = 16_384;

    private final RawConnection connection;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Map<Integer, Long> settings = new HashMap<>();
    private final Map<Integer, Integer> granted = new HashMap<>();
    private boolean takesAll = true;
    private int lastStream = -1;
    private long goAwayCode = -1;
    private boolean ended;

    private RawHttp2(RawConnection connection) {
        this.connection = connection;
    }

    /** What came on one stream. */
    public static final class Stream {
        public final List<String> interims = new ArrayList<>();
        public final List<String> head = new ArrayList<>();
        public final List<String> trailers = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        /** Sizes of the DATA frames that were not empty. */
        public final List<Integer> sizes = new ArrayList<>();

        public boolean whole;
        /** The code of its reset; -1 where there was none. */
        public long resetCode = -1;

        public String body() {
            return body.toString(StandardCharsets.ISO_8859_1);
        }

        public String status() {
            return header(":status");
        }

        /** Its value; empty where there is none. */
        public String header(String name) {
            return head.stream()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        public boolean isOver() {
            return whole || resetCode >= 0;
        }
    }

    /** Connects, and says the preface and {@code settings}: pairs of a number and its value. */
    public static RawHttp2 to(InetSocketAddress address, int... settings) throws IOException {
        RawHttp2 client = new RawHttp2(RawConnection.to(address));
        client.connection.send(PREFACE);
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        client.frame(SETTINGS, 0, 0, payload.array());
        return client;
    }

    /** What is received is not acknowledged by window updates from now on. */
    public void stall() {
        takesAll = false;
    }

    public void send(byte[] bytes) throws IOException {
        connection.send(bytes);
    }

    public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        connection.send(frame.array());
    }

    /** A request without a body; {@code headers} are lines {@code name: value}, behind the pseudo-headers of a plain one. */
    public int get(String path, String... headers) throws Exception {
        return open(true, lines("GET", path, headers));
    }

    /** The head of a request whose body is to come. */
    public int post(String path, String... headers) throws Exception {
        return open(false, lines("POST", path, headers));
    }

    public int post(String path, byte[] body, String... headers) throws Exception {
        int stream = post(path, headers);
        data(stream, body, true);
        return stream;
    }

    private static String[] lines(String method, String path, String... more) {
        List<String> lines = new ArrayList<>(
                List.of(":method: " + method, ":scheme: http", ":authority: localhost", ":path: " + path));
        lines.addAll(Arrays.asList(more));
        return lines.toArray(String[]::new);
    }

    /** A request with exactly these lines. */
    public int open(boolean end, String... lines) throws Exception {
        int stream = lastStream < 0 ? 1 : lastStream + 2;
        lastStream = stream;
        streams.put(stream, new Stream());
        headers(stream, end, lines);
        return stream;
    }

    public void headers(int stream, boolean end, String... lines) throws Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            headers.add(line.substring(0, colon), line.substring(colon + 2));
        }
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(stream, headers, block);
        byte[] bytes = ByteBufUtil.getBytes(block);
        block.release();
        int type = HEADERS;
        for (int from = 0; from == 0 || from < bytes.length; from += MAX_FRAME_BYTES) {
            int to = Math.min(bytes.length, from + MAX_FRAME_BYTES);
            int flags = (to == bytes.length ? END_HEADERS : 0) | (end && type == HEADERS ? END_STREAM : 0);
            frame(type, flags, stream, Arrays.copyOfRange(bytes, from, to));
            type = CONTINUATION;
        }
    }

    /** How much the server takes on {@code stream} at present, as far as was read. */
    public long sendWindow(int stream) {
        long ofStream = Math.max(0, setting(INITIAL_WINDOW_SIZE)) + granted.getOrDefault(stream, 0);
        return Math.min(ofStream, DEFAULT_WINDOW + granted.getOrDefault(0, 0));
    }

    /** One DATA frame, whether or not the server takes it. */
    public void data(int stream, byte[] bytes, boolean end) throws IOException {
        granted.merge(stream, -bytes.length, Integer::sum);
        granted.merge(0, -bytes.length, Integer::sum);
        frame(DATA, end ? END_STREAM : 0, stream, bytes);
    }

    public void reset(int stream, long code) throws IOException {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt((int) code).array());
    }

    public void window(int stream, int bytes) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    public Stream stream(int id) {
        return Objects.requireNonNull(streams.get(id));
    }

    /** The server's setting; -1 where it made none. */
    public long setting(int number) {
        return settings.getOrDefault(number, -1L);
    }

    /** The code of the server's GOAWAY; -1 where none came. */
    public long goAwayCode() {
        return goAwayCode;
    }

    /** Whether the server closed the connection, or reset it. */
    public boolean isEnded() {
        return ended;
    }

    /** The stream, once it has ended one way or the other. */
    public Stream await(int id) throws Exception {
        Stream stream = stream(id);
        readUntil(stream::isOver);
        return stream;
    }

    /** Reads until {@code enough}, or the connection ends. */
    public void readUntil(BooleanSupplier enough) throws Exception {
        while (!enough.getAsBoolean()) {
            if (ended) {
                throw new EOFException("the connection has ended");
            }
            read();
        }
    }

    /** Reads what comes until the connection ends. */
    public void readToEnd() throws Exception {
        while (!ended) {
            read();
        }
    }

    private void read() throws Exception {
        byte[] start;
        try {
            start = connection.in().readNBytes(9);
        } catch (SocketException reset) {
            start = new byte[0];
        }
        if (start.length < 9) {
            ended = true;
            return;
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        int length = (header.get() & 0xff) << 16 | (header.getShort() & 0xffff);
        int type = header.get();
        int flags = header.get();
        int stream = header.getInt();
        received(type, flags, stream, connection.readExactly(length));
    }

    private void received(int type, int flags, int stream, byte[] payload) throws Exception {
        ByteBuffer fields = ByteBuffer.wrap(payload);
        switch (type) {
            case DATA -> data(stream(stream), flags, stream, payload);
            case HEADERS -> block(stream(stream), flags, stream, payload);
            case RST_STREAM -> stream(stream).resetCode = fields.getInt();
            case SETTINGS -> set(flags, fields);
            case PING -> frame(PING, ACK, 0, payload);
            case GOAWAY -> goAwayCode = fields.getInt(4);
            case WINDOW_UPDATE -> granted.merge(stream, fields.getInt(), Integer::sum);
            default -> throw new AssertionError("an unexpected frame of type " + type);
        }
    }

    private void set(int flags, ByteBuffer fields) throws IOException {
        if ((flags & ACK) != 0) {
            return;
        }
        while (fields.hasRemaining()) {
            settings.put((int) fields.getShort(), fields.getInt() & 0xffffffffL);
        }
        frame(SETTINGS, ACK, 0, new byte[0]);
    }

    private void data(Stream to, int flags, int stream, byte[] payload) throws IOException {
        to.body.writeBytes(payload);
        to.whole = (flags & END_STREAM) != 0;
        if (payload.length > 0) {
            to.sizes.add(payload.length);
            if (takesAll) {
                window(0, payload.length);
                if (!to.whole) {
                    window(stream, payload.length);
                }
            }
        }
    }

    private void block(Stream to, int flags, int stream, byte[] payload) throws Http2Exception {
        if ((flags & END_HEADERS) == 0) {
            throw new AssertionError("a header block in several frames");
        }
        Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload));
        CharSequence status = headers.status();
        List<String> lines = to.trailers;
        if (status != null) {
            lines = status.charAt(0) == '1' ? to.interims : to.head;
        }
        for (Map.Entry<CharSequence, CharSequence> line : headers) {
            lines.add(line.getKey() + ": " + line.getValue());
        }
        to.whole = (flags & END_STREAM) != 0;
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        connection.close();
    }
}
