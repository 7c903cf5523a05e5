package dev.llmsim.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A provider made of a raw socket: a script reads and writes exact bytes on every connection, waits for whatever it likes
 * and ends with FIN or RST. Each connection has a thread of its own, on which the script blocks. When the script returns,
 * the connection is closed (FIN). {@link #close} throws what a script threw.
 */
public final class RawUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final String scheme;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private RawUpstream(ServerSocket server, String scheme, Script script) {
        this.server = server;
        this.scheme = scheme;
        this.script = script;
    }

    /** What the provider does on one connection. */
    @FunctionalInterface
    public interface Script {
        void serve(RawConnection connection) throws Exception;
    }

    /** Starts to accept on a free port of 127.0.0.1. */
    public static RawUpstream start(Script script) throws IOException {
        return start(ServerSocketFactory.getDefault(), "http", script);
    }

    /** The same over sockets of {@code factory}, for example TLS ones ({@code scheme} is then https). */
    public static RawUpstream start(ServerSocketFactory factory, String scheme, Script script) throws IOException {
        ServerSocket server = factory.createServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        RawUpstream upstream = new RawUpstream(server, scheme, script);
        daemon("raw-upstream-accept", upstream::accept);
        return upstream;
    }

    /** Answers every request of every connection with {@code response}, as it stands. */
    public static RawUpstream answering(String response) throws IOException {
        return start(connection -> {
            while (true) {
                connection.readMessage();
                connection.send(response);
            }
        });
    }

    /** The base URL, without a trailing slash. */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that the script has not ended yet. */
    public int openConnections() {
        return open.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                daemon("raw-upstream-" + connections.get(), () -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new RawConnection(socket));
        } catch (IOException gone) {
            // The other side left, or this fixture was closed: ordinary ends of a scripted connection.
            open.remove(socket);
        } catch (Throwable e) {
            failures.add(e);
        } finally {
            open.remove(socket);
        }
    }

    /** What scripts threw, other than I/O errors of connections that had ended. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a script of the upstream failed", failures.peek());
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
