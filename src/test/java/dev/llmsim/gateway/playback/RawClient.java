package dev.llmsim.gateway.playback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that sees how a connection ends. */
final class RawClient implements AutoCloseable {
    /** Small, so that what a client has not read stays with the server. */
    private static final int RECEIVE_BUFFER_BYTES = 8_192;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(30_000);
    }

    /** What was read, as ISO-8859-1, and whether the connection was reset after it. */
    record Seen(String text, boolean reset) {
        String head() {
            return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")));
        }

        String rawBody() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        boolean isChunked() {
            return head().contains("transfer-encoding: chunked");
        }

        boolean hasLastChunk() {
            return rawBody().endsWith("\r\n0\r\n\r\n") || rawBody().equals("0\r\n\r\n");
        }

        /** The body without its chunk framing, as far as it came. */
        String body() {
            if (!isChunked()) {
                return rawBody();
            }
            StringBuilder body = new StringBuilder();
            String rest = rawBody();
            for (int line = rest.indexOf("\r\n"); line > 0; line = rest.indexOf("\r\n")) {
                int size = Integer.parseInt(rest.substring(0, line), 16);
                int end = Math.min(rest.length(), line + 2 + size);
                body.append(rest, line + 2, end);
                rest = rest.substring(Math.min(rest.length(), end + 2));
            }
            return body.toString();
        }
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads exactly {@code count} bytes. */
    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
    }

    Seen readToTheEnd() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8_192];
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (SocketException e) {
                return new Seen(seen.toString(ISO_8859_1), true);
            }
            if (count < 0) {
                return new Seen(seen.toString(ISO_8859_1), false);
            }
            seen.write(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
