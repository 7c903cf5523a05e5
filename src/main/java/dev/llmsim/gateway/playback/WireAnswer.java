package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.ConnectionFields;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.mode.Origin;
import dev.llmsim.timing.Schedule;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A recorded answer in the form in which one client gets it: the kept headers in their order, framing headers computed anew,
 * and how the connection ends.
 *
 * @param head absent where upstream failed before it sent one
 * @param end what marks the end of the body
 */
record WireAnswer(Optional<HttpResponse> head, BodyForm form, Finish finish, LastHttpContent end) {

    /** Framing (RFC 9110, sections 7.6.1 and 8.6; RFC 9112, section 6) is ours to compute, and so are our own marks. */
    private static final Set<String> RECOMPUTED = ConnectionFields.and(
            "content-length", "x-llmsim-source", "x-llmsim-match", "x-llmsim-recording", "x-llmsim-session");

    /** Fields that must not stand in a trailer (RFC 9110, section 6.5.1) and that Netty refuses there. */
    private static final Set<String> NOT_IN_TRAILERS = Set.of("content-length", "transfer-encoding", "trailer");

    /** @throws IllegalArgumentException if a status or header cannot stand on the wire (line breaks in it, for example) */
    static WireAnswer of(Schedule schedule, Origin origin, Asker asker) {
        Response response = schedule.response();
        int status = schedule.head().map(ResponseHead::status).orElse(200);
        BodyForm form = BodyForm.of(response, status, asker);
        Finish finish = Finish.of(schedule.ending(), form, asker);
        Optional<HttpResponse> head = schedule.head().map(kept -> {
            HttpResponse wire = kept(kept);
            frame(wire.headers(), response, form, asker);
            connection(wire.headers(), form, finish, asker);
            mark(wire.headers(), origin);
            if (asker.isPage() || !(origin instanceof Origin.Recorded)) {
                Cors.permit(wire.headers());
            }
            return wire;
        });
        return new WireAnswer(head, form, finish, end(response.trailers(), form));
    }

    /** {@code own} as the last answer on its connection. */
    static FullHttpResponse own(Response own) {
        HttpResponse head = kept(own.head().orElseThrow());
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, own.bodyBytes());
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        head.headers().set("x-llmsim-source", "gateway");
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                head.status(),
                Unpooled.wrappedBuffer(own.body().asByteBuffer()),
                head.headers(),
                new DefaultHttpHeaders());
    }

    /** 0 where there is no head. */
    int status() {
        return head.map(wire -> wire.status().code()).orElse(0);
    }

    private static HttpResponse kept(ResponseHead head) {
        HttpResponse wire =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, new HttpResponseStatus(head.status(), head.reason()));
        for (Header line : head.headers()) {
            if (!RECOMPUTED.contains(line.lowerCaseName())) {
                wire.headers().add(octets(line.name()), octets(line.value()));
            }
        }
        return wire;
    }

    private static void frame(HttpHeaders headers, Response response, BodyForm form, Asker asker) {
        switch (form) {
            case LENGTH -> headers.set(HttpHeaderNames.CONTENT_LENGTH, BodyForm.announcedBytes(response));
            case CHUNKED -> headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            case NONE -> announce(headers, response, asker);
            case CLOSE -> {}
        }
    }

    /** An answer to HEAD, or a 304, says what the body would have been. */
    private static void announce(HttpHeaders headers, Response response, Asker asker) {
        if (response.declaredBytes() >= 0) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.declaredBytes());
        } else if (response.framing() == Framing.CHUNKED && asker.isHead() && !asker.isHttp10()) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    /** A cut answer does not announce that it will be cut. */
    private static void connection(HttpHeaders headers, BodyForm form, Finish finish, Asker asker) {
        if (form == BodyForm.CLOSE || finish == Finish.CLOSE) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (asker.isHttp10() && finish == Finish.NEXT) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private static void mark(HttpHeaders headers, Origin origin) {
        headers.set("x-llmsim-source", origin.source());
        if (origin instanceof Origin.Recorded recorded) {
            headers.set("x-llmsim-match", recorded.match().id());
            headers.set("x-llmsim-recording", visible(recorded.cassette()) + "/" + visible(recorded.recordingId()));
        }
    }

    private static LastHttpContent end(Headers trailers, BodyForm form) {
        if (form != BodyForm.CHUNKED || trailers.isEmpty()) {
            return LastHttpContent.EMPTY_LAST_CONTENT;
        }
        LastHttpContent end = new DefaultLastHttpContent();
        for (Header line : trailers) {
            if (!NOT_IN_TRAILERS.contains(line.lowerCaseName())) {
                end.trailingHeaders().add(octets(line.name()), octets(line.value()));
            }
        }
        return end;
    }

    /** Each char as the byte it stands for: Netty would write a question mark for those above 127. */
    private static AsciiString octets(String text) {
        return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** A name as it may stand in a header: percent-encoded where it is not plain. */
    private static String visible(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
