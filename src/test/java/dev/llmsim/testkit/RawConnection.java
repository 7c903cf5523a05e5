package dev.llmsim.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One TCP connection spoken to in raw bytes; text is ISO-8859-1, so a char is a byte. Every read waits at most thirty
 * seconds, so that a broken exchange fails its test rather than hanging it.
 */
public final class RawConnection implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** A client's connection to {@code address}. */
    public static RawConnection to(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, READ_TIMEOUT_MILLIS);
        return new RawConnection(socket);
    }

    /** A client's connection whose receive buffer is {@code receiveBytes}, so that a stall is felt early. */
    public static RawConnection to(InetSocketAddress address, int receiveBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes);
        socket.connect(address, READ_TIMEOUT_MILLIS);
        return new RawConnection(socket);
    }

    public Socket socket() {
        return socket;
    }

    public InputStream in() {
        return in;
    }

    /** Sends {@code text} in one write. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends {@code text} in writes of {@code pieceBytes} each. */
    public void sendInPieces(String text, int pieceBytes) throws IOException {
        for (int from = 0; from < text.length(); from += pieceBytes) {
            send(text.substring(from, Math.min(text.length(), from + pieceBytes)));
        }
    }

    /** Everything up to and including the next occurrence of {@code mark}. */
    public String readUntil(String mark) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < mark.length() || read.indexOf(mark, read.length() - mark.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("connection ended before \"" + mark + "\"; read so far: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Start line and headers, with the blank line. */
    public String readHead() throws IOException {
        return readUntil("\r\n\r\n");
    }

    public String readText(int bytes) throws IOException {
        return new String(readExactly(bytes), StandardCharsets.ISO_8859_1);
    }

    public byte[] readExactly(int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("connection ended after " + read.length + " of " + bytes + " bytes");
        }
        return read;
    }

    /** A whole message: its head and the body that {@code content-length} or chunked coding announces. */
    public RawMessage readMessage() throws IOException {
        String head = readHead();
        if (header(head, "transfer-encoding").contains("chunked")) {
            return chunked(head);
        }
        String length = header(head, "content-length");
        byte[] body = length.isEmpty() ? new byte[0] : readExactly(Integer.parseInt(length));
        return new RawMessage(head, body, List.of(), "");
    }

    /** The data of the next chunk; empty for the last one, whose trailers stay unread. */
    public String readChunk() throws IOException {
        int size = Integer.parseInt(readUntil("\r\n").trim().split(";")[0], 16);
        if (size == 0) {
            return "";
        }
        String data = readText(size);
        readText(2);
        return data;
    }

    private RawMessage chunked(String head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<Integer> sizes = new ArrayList<>();
        for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
            sizes.add(chunk.length());
            body.writeBytes(chunk.getBytes(StandardCharsets.ISO_8859_1));
        }
        StringBuilder trailers = new StringBuilder();
        for (String line = readUntil("\r\n"); !line.equals("\r\n"); line = readUntil("\r\n")) {
            trailers.append(line);
        }
        return new RawMessage(head, body.toByteArray(), sizes, trailers.toString());
    }

    /** Everything until the other side's FIN; a reset is an error here. */
    public String readToFin() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the other side ends the connection: what came, and whether FIN or RST ended it. */
    public End readToEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                read.write(next);
            }
            return new End(read.toString(StandardCharsets.ISO_8859_1), false);
        } catch (SocketException reset) {
            return new End(read.toString(StandardCharsets.ISO_8859_1), true);
        }
    }

    /** Says that nothing more will be sent (FIN), and still reads. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a TCP RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The value of the first header {@code name} of {@code head}; empty where there is none. */
    public static String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                return line.substring(colon + 1).trim().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /**
     * How a connection ended.
     *
     * @param text what had arrived before
     * @param reset by RST rather than FIN
     */
    public record End(String text, boolean reset) {}
}
