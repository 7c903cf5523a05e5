package dev.llmsim.mode;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Requests, recordings and a simple notion of sameness: white space and case of the body carry no meaning. */
final class Fixtures {
    static final String CHAT = "/v1/chat/completions";

    static final Map<String, Upstream> UPSTREAMS = Map.of(
            "openai", new Upstream("openai", URI.create("https://api.openai.com"), Dialect.OPENAI),
            "corp", new Upstream("corp", URI.create("https://gw.example.com/llm"), Dialect.OPENAI),
            "later", new Upstream("later", URI.create("https://api.example.com"), Dialect.ANTHROPIC),
            "aws", new Upstream("aws", URI.create("https://bedrock-runtime.us-east-1.amazonaws.com"), Dialect.BEDROCK),
            "bedrock", new Upstream("bedrock", null, Dialect.BEDROCK));

    static final Matching MATCHING = new Matching(
            request ->
                    canonical(request, request.headers().first("anthropic-beta").orElse("")),
            request -> canonical(request, "unknown"),
            request -> Key.hash(
                    ascii(request.method()
                            + request.target()
                            + request.headers().first("anthropic-beta")),
                    request.body().toArray()));

    static final Routing ROUTING = new Routing(
            name -> Optional.ofNullable(UPSTREAMS.get(name)),
            Fixtures::byOrigin,
            (upstream, request) -> upstream.dialect());

    static final Answering.Matches MATCHES = new Answering.Matches(new Redactor(), MATCHING, ROUTING);

    private Fixtures() {}

    static Request request(String upstream, String body) {
        return new Request(upstream, "POST", CHAT, Headers.EMPTY, Bytes.utf8(body));
    }

    static Request withHeaders(Request request, Headers headers) {
        return new Request(request.upstream(), request.method(), request.target(), headers, request.body());
    }

    static Recording recording(String id, Request request) {
        return recording(id, request, answer("answer of " + id));
    }

    static Recording recording(String id, Request request, Response response) {
        return new Recording(id, request, response, false);
    }

    static Response answer(String body) {
        return answer(200, Ending.COMPLETE, body);
    }

    static Response answer(int status, Ending ending, String body) {
        return new Response(
                new ResponseHead(status, "", Headers.of("content-type", "text/plain")),
                Framing.LENGTH,
                -1,
                List.of(new Frame(10, Bytes.utf8(body))),
                Headers.EMPTY,
                TimingSource.RECORDED,
                5,
                20,
                ending);
    }

    static RecordingSource cassette(String name, Recording... recordings) {
        return new RecordingsInMemory(name, List.of(recordings), MATCHING, ROUTING);
    }

    /** A recording as a tape would list it: with the exact key of the request that it was made from. */
    static Entry taped(String cassette, Recording recording, Request raw) {
        EntryKeys keys = new EntryKeys(
                raw.upstream(),
                MATCHING.contentKey().apply(raw).at(raw.upstream()),
                null,
                MATCHING.exactKey().apply(raw),
                true);
        return new Entry(
                cassette,
                recording.id(),
                raw.method() + " " + raw.path(),
                keys,
                Outcome.of(recording),
                () -> CompletableFuture.completedFuture(recording));
    }

    private static Optional<Request> byOrigin(Upstream upstream, Request request) {
        return upstream.base()
                .map(base -> new Request(
                        base.getScheme() + "://" + base.getAuthority(),
                        request.method(),
                        base.getRawPath() + request.target(),
                        request.headers(),
                        request.body()));
    }

    private static Key canonical(Request request, String headers) {
        String body = request.body().utf8().replace(" ", "").toLowerCase(Locale.ROOT);
        return Key.hash(ascii(request.method() + " " + request.target() + "\n" + headers + "\n" + body));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
