package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.synth.faults.Fault;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes one request to an upstream and its answer back, as the bytes come, with a copy to the tee. Owns the upstream
 * connection while it lasts. Everything is on the client connection's loop.
 */
final class Forwarding implements Stage, UpstreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Exchange exchange;
    private final UpstreamAccess access;
    private final Tee tee;
    private final Upload upload;
    private final PhaseTimer timer;
    private final List<Fault> faults;

    private @Nullable FaultyUpstream faulty;
    private @Nullable UpstreamConnection upstream;
    private @Nullable ForwardedHead head;
    private @Nullable LastEvent lastEvent;
    private boolean keepsClient;
    private boolean over;

    /** @param faults done to the answer */
    Forwarding(Exchange exchange, UpstreamAccess access, Tee tee, List<Fault> faults) {
        this.faults = faults;
        this.exchange = exchange;
        this.access = access;
        this.tee = tee;
        this.timer = new PhaseTimer(exchange.loop(), this::tookTooLong);
        this.upload = new Upload(exchange, tee, this::requestSent);
    }

    /** Begins to connect; {@code continued} says that the client was already told to go on sending. */
    void start(boolean continued) {
        tee.requestsFrom(exchange.gate());
        if (!exchange.requestDone()) {
            exchange.gate().hold(ReadGate.Reason.CONNECTING);
        }
        access.connect(exchange.loop()).addListener((Future<UpstreamConnection> done) -> connected(done, continued));
    }

    private void connected(Future<UpstreamConnection> done, boolean continued) {
        exchange.gate().release(ReadGate.Reason.CONNECTING);
        if (over) {
            if (done.isSuccess()) {
                done.getNow().close();
            }
            return;
        }
        if (!done.isSuccess()) {
            fail(access.failure(done.cause()), "upstream was not reached");
            return;
        }
        UpstreamConnection connection = done.getNow();
        upstream = connection;
        HttpRequest request = access.request(exchange, connection, continued);
        attach(connection, request);
        tee.responsesFrom(connection.gate());
        timer.start(access.timeouts().idle());
        upload.begin(connection, request);
    }

    private void attach(UpstreamConnection connection, HttpRequest request) {
        if (faults.isEmpty()) {
            connection.attach(this);
            return;
        }
        FaultyUpstream between = new FaultyUpstream(exchange, faults, connection, this);
        FaultyUpstream.askPlain(request);
        connection.attach(between);
        faulty = between;
    }

    private void requestSent() {
        if (!over && head == null) {
            timer.start(access.timeouts().firstByte());
        }
    }

    @Override
    public void content(HttpContent content) {
        if (over) {
            content.release();
        } else {
            upload.content(content);
        }
    }

    @Override
    public void readComplete() {
        upload.flush();
    }

    @Override
    public void upstreamWritabilityChanged() {
        timer.touch();
        upload.writabilityChanged();
    }

    @Override
    public void interim(HttpResponse response) {
        if (exchange.speaksHttp11()) {
            exchange.send(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    response.status(),
                    Unpooled.EMPTY_BUFFER,
                    new ForwardedHead(response, Framing.LENGTH).toClient(true).headers(),
                    new DefaultHttpHeaders()));
        }
    }

    @Override
    public void head(HttpResponse response) {
        Optional<URI> proxy = upstream == null ? Optional.empty() : upstream.plainProxy();
        if (proxy.isPresent() && response.status().equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED)) {
            closeUpstream();
            fail(
                    UpstreamFailures.unauthorized(access.origin(), ServerAddress.of(proxy.get())),
                    "a proxy wants credentials");
            return;
        }
        long nanos = System.nanoTime();
        ForwardedHead forwarded = ForwardedHead.of(response, exchange.wire().method());
        head = forwarded;
        lastEvent = LastEvent.in(response.headers());
        tee.requestSent(nanos);
        tee.responseHead(forwarded.captured(), forwarded.framing(), forwarded.declaredBytes(), nanos);
        HttpResponse out = forwarded.toClient(exchange.speaksHttp11());
        out.headers().set("x-llmsim-source", "upstream");
        if (faulty != null) {
            faulty.mark(out.headers());
        }
        keepsClient = exchange.keepsAlive() && forwarded.endsByItself(exchange.speaksHttp11());
        exchange.announce(out.headers(), keepsClient);
        exchange.answered(response.status().code(), "upstream");
        exchange.write(out);
        timer.start(access.timeouts().idle());
    }

    @Override
    public void body(HttpContent content) {
        timer.touch();
        tee.responseBytes(content.content(), System.nanoTime());
        exchange.sent(content.content().readableBytes());
        if (lastEvent != null) {
            lastEvent.read(content.content());
        }
        if (content instanceof LastHttpContent last) {
            complete(last);
            return;
        }
        exchange.write(content);
        writabilityChanged();
    }

    @Override
    public void upstreamReadComplete() {
        exchange.ctx().flush();
    }

    @Override
    public void writabilityChanged() {
        if (upstream == null || over) {
            return;
        }
        if (exchange.ctx().channel().isWritable()) {
            timer.touch();
            upstream.gate().release(ReadGate.Reason.PEER);
        } else {
            upstream.gate().hold(ReadGate.Reason.PEER);
        }
    }

    private void complete(LastHttpContent last) {
        ForwardedHead forwarded = head;
        if (forwarded == null) {
            last.release();
            return;
        }
        if (!last.trailingHeaders().isEmpty()) {
            tee.trailers(Wire.headers(last.trailingHeaders(), name -> true));
        }
        finish();
        sealOrGiveUp(Ending.COMPLETE);
        leave(forwarded);
        Closing closing = exchange.requestDone() ? (keepsClient ? Closing.KEEP : Closing.CLOSE) : Closing.LINGER;
        exchange.ctx().writeAndFlush(last).addListener(done -> endWhenWritten(done, Ending.COMPLETE, closing));
    }

    /** Gives the upstream connection back, where it can serve another request. */
    private void leave(ForwardedHead forwarded) {
        UpstreamConnection connection = upstream;
        if (connection == null) {
            return;
        }
        if (upload.isSent() && forwarded.keepsUpstream()) {
            connection.detach(() -> access.release(connection, forwarded));
        } else {
            connection.close();
        }
    }

    private void endWhenWritten(Future<?> written, Ending ending, Closing closing) {
        exchange.end(written.isSuccess() ? ending : endingByClient(), closing);
    }

    /** A client that leaves behind the last event of its stream, as many do, has cancelled nothing. */
    private Ending endingByClient() {
        return lastEvent != null && lastEvent.endsTheStream() ? Ending.COMPLETE : Ending.CLIENT_CANCELLED;
    }

    @Override
    public void upstreamClosed(boolean byReset) {
        boolean stale = head == null && upstream != null && upstream.isReused();
        if (stale) {
            fail(UpstreamFailures.stale(access.origin()), "upstream closed a reused connection");
            return;
        }
        cut(byReset ? Ending.UPSTREAM_RESET : Ending.UPSTREAM_TRUNCATED, byReset ? Closing.RESET : Closing.CLOSE);
    }

    /** The answer ends here, for the client too: what was read goes out, and no end is invented. */
    private void cut(Ending ending, Closing closing) {
        finish();
        sealOrGiveUp(ending);
        ChannelHandlerContext ctx = exchange.ctx();
        ChannelFuture flushed = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
        flushed.addListener(done -> endWhenWritten(done, ending, closing));
    }

    @Override
    public void tlsFailed(SSLException cause) {
        if (head == null) {
            fail(UpstreamFailures.of(access.origin(), access.origin(), cause), "TLS with upstream failed");
        } else {
            cut(Ending.UPSTREAM_TRUNCATED, Closing.CLOSE);
        }
    }

    @Override
    public void undecodable(String flaw) {
        if (head == null) {
            fail(UpstreamFailures.undecodable(access.origin(), flaw), "upstream did not send HTTP");
        } else {
            cut(Ending.UPSTREAM_TRUNCATED, Closing.CLOSE);
        }
    }

    private void tookTooLong() {
        boolean waitsForUs = upstream != null && (upstream.gate().isHeld() || upload.waitsForClient());
        if (waitsForUs) {
            timer.start(access.timeouts().idle());
            return;
        }
        if (upstream != null) {
            upstream.close();
        }
        if (head != null) {
            LOG.warn(
                    "upstream {}: {} ms passed between two reads of its answer, which is cut here",
                    access.origin(),
                    access.timeouts().idle().toMillis());
            cut(Ending.TIMEOUT, Closing.RESET);
            return;
        }
        sealOrGiveUp(Ending.TIMEOUT);
        UpstreamFailure silence = upload.isSent()
                ? UpstreamFailures.noAnswer(access.origin(), access.timeouts().firstByte())
                : UpstreamFailures.nothingTaken(
                        access.origin(), access.timeouts().idle());
        fail(silence, "upstream was silent");
    }

    /** Answers with an error of our own, since nothing of upstream's answer has been passed on. */
    private void fail(UpstreamFailure failure, String reason) {
        finish();
        tee.giveUp(reason);
        access.answerFailure(exchange, failure);
    }

    private void finish() {
        over = true;
        timer.stop();
        upload.drop();
        if (faulty != null) {
            faulty.stop();
        }
    }

    private void sealOrGiveUp(Ending ending) {
        if (exchange.requestDone()) {
            tee.seal(ending, System.nanoTime());
        } else {
            tee.giveUp("the exchange ended before the request was complete");
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            finish();
            tee.giveUp("the request was not valid or broke off");
            closeUpstream();
        }
    }

    @Override
    public void clientGone() {
        if (!over) {
            finish();
            sealOrGiveUp(Ending.CLIENT_CANCELLED);
            closeUpstream();
        }
        exchange.end(endingByClient(), Closing.CLOSE);
    }

    @Override
    public void abandon() {
        if (!over) {
            finish();
            tee.giveUp("the gateway stopped");
            closeUpstream();
        }
        exchange.stop();
    }

    private void closeUpstream() {
        if (upstream != null) {
            upstream.close();
        }
    }
}
