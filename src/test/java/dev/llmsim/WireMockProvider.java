package dev.llmsim;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.llmsim.cassette.ShippedCassettes;
import dev.llmsim.exchange.Recording;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/** A provider made of WireMock, whose answers are the bodies of shipped recordings, in pieces. */
final class WireMockProvider implements AutoCloseable {
    private static final int PIECES = 7;
    private static final int MILLIS = 35;

    private final WireMockServer server;

    private WireMockProvider(WireMockServer server) {
        this.server = server;
    }

    static WireMockProvider start() {
        WireMockServer server = new WireMockServer(
                options().bindAddress("127.0.0.1").dynamicPort().http2PlainDisabled(true));
        server.start();
        return new WireMockProvider(server);
    }

    /** The shipped recording {@code id}. */
    static Recording shipped(String id) {
        return ShippedCassettes.read().stream()
                .flatMap(cassette -> cassette.recordings().stream())
                .filter(recording -> recording.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Answers a POST of {@code path} that {@code narrowed} accepts with the body of the shipped recording {@code id}. */
    WireMockProvider answering(String path, String id, UnaryOperator<MappingBuilder> narrowed) {
        Recording recording = shipped(id);
        String type = recording
                .response()
                .head()
                .orElseThrow()
                .headers()
                .first("content-type")
                .orElseThrow();
        server.stubFor(narrowed.apply(post(urlPathEqualTo(path)))
                .willReturn(aResponse()
                        .withHeader("content-type", type)
                        .withBody(recording.response().body().toArray())
                        .withChunkedDribbleDelay(PIECES, MILLIS)));
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The values of header {@code name} in the requests that came, in no order. */
    List<String> received(String name) {
        return server.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())).stream()
                .map(request -> request.getHeader(name))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
