package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The request of one exchange on its way upstream. Keeps what the client sent before the connection was there; stops reading
 * the client while upstream takes no more. On the exchange's loop only.
 */
final class Upload {
    private final Exchange exchange;
    private final Tee tee;
    private final Runnable whenSent;
    private final Deque<HttpContent> early = new ArrayDeque<>();
    private @Nullable UpstreamConnection upstream;
    private boolean sent;
    private boolean over;

    Upload(Exchange exchange, Tee tee, Runnable whenSent) {
        this.exchange = exchange;
        this.tee = tee;
        this.whenSent = whenSent;
    }

    /** Writes the head, and all of the body that is there. */
    void begin(UpstreamConnection connection, HttpRequest head) {
        upstream = connection;
        var unused = connection.channel().write(head);
        while (!early.isEmpty()) {
            write(connection, early.poll());
        }
        connection.channel().flush();
        writabilityChanged();
    }

    /** Takes the next part of the body over. */
    void content(HttpContent content) {
        tee.requestBytes(content.content());
        if (content instanceof LastHttpContent last) {
            RequestTrailers.clean(last.trailingHeaders());
        }
        UpstreamConnection connection = upstream;
        if (connection == null) {
            early.add(content);
        } else {
            write(connection, content);
            writabilityChanged();
        }
    }

    private void write(UpstreamConnection connection, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        Future<Void> written = connection.channel().write(content);
        if (last) {
            written.addListener(done -> lastWritten(done.isSuccess()));
        }
    }

    private void lastWritten(boolean successfully) {
        if (successfully && !over) {
            sent = true;
            tee.requestSent(System.nanoTime());
            whenSent.run();
        }
    }

    void flush() {
        if (upstream != null && !over) {
            upstream.channel().flush();
        }
    }

    void writabilityChanged() {
        if (upstream == null || over) {
            return;
        }
        if (upstream.channel().isWritable() || !upstream.channel().isActive()) {
            exchange.gate().release(ReadGate.Reason.PEER);
        } else {
            exchange.gate().hold(ReadGate.Reason.PEER);
        }
    }

    /** Whether the last byte of the request was written. */
    boolean isSent() {
        return sent;
    }

    /** Whether it is the client, not upstream, that keeps the request from being complete. */
    boolean waitsForClient() {
        return !exchange.requestDone() && !exchange.gate().isHeld();
    }

    /** Nothing more goes upstream. */
    void drop() {
        over = true;
        early.forEach(HttpContent::release);
        early.clear();
        exchange.gate().release(ReadGate.Reason.CONNECTING);
        exchange.gate().release(ReadGate.Reason.PEER);
    }
}
