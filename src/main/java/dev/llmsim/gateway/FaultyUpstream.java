package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.synth.faults.FaultStep;
import dev.llmsim.synth.faults.FaultyAnswer;
import dev.llmsim.synth.faults.FaultyPassage;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an upstream and the forwarding of its answer, and does faults to that answer as it passes. While it
 * pauses, upstream is not read: it holds what one read brought at most. Its connection serves no further request. On the
 * exchange's loop only; owns one timer, until {@link #stop}.
 */
final class FaultyUpstream implements UpstreamListener, FaultStep.Hands {
    private final Exchange exchange;
    private final List<Fault> faults;
    private final UpstreamConnection connection;
    private final UpstreamListener to;
    private final Deque<FaultStep> steps = new ArrayDeque<>();

    private @Nullable FaultyPassage passage;
    private @Nullable Runnable ending;
    private @Nullable Future<?> pause;
    private long dueNanos;
    private boolean stopped;

    FaultyUpstream(Exchange exchange, List<Fault> faults, UpstreamConnection connection, UpstreamListener to) {
        this.exchange = exchange;
        this.faults = faults;
        this.connection = connection;
        this.to = to;
    }

    /** Asks for a body whose frames can be seen, whatever the client takes. */
    static void askPlain(HttpRequest toUpstream) {
        toUpstream.headers().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
    }

    /** Names in {@code toClient} the faults that its answer is given to. */
    void mark(HttpHeaders toClient) {
        toClient.set(FaultyAnswer.HEADER, faults.stream().map(Fault::text).collect(Collectors.joining(", ")));
    }

    /** Nothing more is done or passed on. */
    void stop() {
        stopped = true;
        steps.clear();
        ending = null;
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }

    @Override
    public void interim(HttpResponse response) {
        to.interim(response);
    }

    @Override
    public void head(HttpResponse response) {
        String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        String coding = response.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        FaultyPassage begun = new FaultyPassage(
                faults,
                new FaultyPassage.Answer(
                        exchange.route().dialect(),
                        exchange.route().path(),
                        type,
                        !coding.toLowerCase(Locale.ROOT).strip().equals("identity")));
        passage = begun;
        to.head(changed(response, begun.changesLength()));
        go(begun.begin());
    }

    /** A head whose length holds, if it announces one, on a connection that ends with this answer. */
    private HttpResponse changed(HttpResponse response, boolean changesLength) {
        HttpHeaders headers = response.headers().copy();
        headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpMethod method = exchange.wire().method();
        boolean bodiless = ForwardedHead.isBodiless(response, method);
        if (changesLength && !bodiless && ForwardedHead.of(response, method).framing() == Framing.LENGTH) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new DefaultHttpResponse(response.protocolVersion(), response.status(), headers);
    }

    @Override
    public void body(HttpContent content) {
        FaultyPassage through = passage;
        if (stopped || through == null) {
            content.release();
            return;
        }
        Bytes read = Wire.copy(content.content());
        HttpHeaders trailers = content instanceof LastHttpContent last ? last.trailingHeaders() : null;
        content.release();
        List<FaultStep> next = through.read(read);
        if (trailers == null) {
            go(next);
        } else {
            steps.addAll(next);
            endWith(() -> {
                LastHttpContent last = new DefaultLastHttpContent();
                last.trailingHeaders().set(trailers);
                to.body(last);
            });
        }
    }

    @Override
    public void upstreamClosed(boolean byReset) {
        endWith(() -> to.upstreamClosed(byReset));
    }

    @Override
    public void tlsFailed(SSLException cause) {
        endWith(() -> to.tlsFailed(cause));
    }

    @Override
    public void undecodable(String flaw) {
        endWith(() -> to.undecodable(flaw));
    }

    /** What upstream sent before it ended goes out before that; only its first end counts. */
    private void endWith(Runnable how) {
        if (stopped || ending != null) {
            return;
        }
        ending = how;
        go(passage == null ? List.of() : passage.end());
    }

    private void go(List<FaultStep> next) {
        if (!stopped) {
            steps.addAll(next);
            takeSteps();
        }
    }

    private void takeSteps() {
        while (pause == null && !steps.isEmpty()) {
            steps.remove().take(this);
        }
        Runnable last = ending;
        if (pause == null && last != null) {
            ending = null;
            last.run();
        }
    }

    @Override
    public void send(Bytes bytes) {
        to.body(new DefaultHttpContent(Wire.buffer(bytes)));
    }

    /** Pauses that follow each other are one: what the timer is late by is not lost. */
    @Override
    public void pause(long micros) {
        to.upstreamReadComplete();
        connection.gate().hold(ReadGate.Reason.FAULT);
        long nowNanos = System.nanoTime();
        boolean follows = dueNanos != 0;
        dueNanos = (follows ? dueNanos : nowNanos) + TimeUnit.MICROSECONDS.toNanos(micros);
        pause = exchange.loop().schedule(this::resume, Math.max(0, dueNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    private void resume() {
        pause = null;
        takeSteps();
        if (pause == null && !stopped) {
            dueNanos = 0;
            connection.gate().release(ReadGate.Reason.FAULT);
            to.upstreamReadComplete();
        }
    }

    @Override
    public void note(Fault fault) {
        exchange.faulted(fault);
    }

    /** Upstream is left, whatever it still has to say. */
    @Override
    public void end(Ending how) {
        stop();
        connection.close();
        if (how == Ending.COMPLETE) {
            to.body(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            to.upstreamClosed(how == Ending.UPSTREAM_RESET);
        }
    }

    @Override
    public void upstreamReadComplete() {
        to.upstreamReadComplete();
    }

    @Override
    public void upstreamWritabilityChanged() {
        to.upstreamWritabilityChanged();
    }
}
