package dev.llmsim;

import dev.llmsim.cassette.Ids;
import dev.llmsim.cassette.importing.ImportSettings;
import dev.llmsim.cassette.importing.Importer;
import dev.llmsim.cassette.importing.Route;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.Normaliser;
import dev.llmsim.mode.Answering;
import dev.llmsim.mode.Matching;
import dev.llmsim.mode.Routing;
import dev.llmsim.provider.Located;
import dev.llmsim.provider.Operation;
import dev.llmsim.provider.Upstream;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.store.Keys;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every use of llmsim shares, fitted together: redaction, matching, routing, ids, import. Thread-safe. */
public final class Assembly {
    private static final int ID_HEX_DIGITS = 8;
    private static final int NORMALISER_VERSION =
            Integer.parseInt(Normaliser.VERSION.substring(Normaliser.VERSION.indexOf('/') + 1));

    private final Upstreams upstreams;
    private final Redactor redactor;

    /** @param environment variables whose secret values are kept out of everything that is written */
    public Assembly(Upstreams upstreams, Map<String, String> environment) {
        this(upstreams, environment, ContentCoding.MAX_DECODED_BYTES);
    }

    /** @param maxRequestBytes the longest request, decoded, that is looked into */
    Assembly(Upstreams upstreams, Map<String, String> environment, long maxRequestBytes) {
        this.upstreams = upstreams;
        this.redactor = new Redactor(environment, Math.min(maxRequestBytes, ContentCoding.MAX_DECODED_BYTES));
    }

    public Upstreams upstreams() {
        return upstreams;
    }

    public Redactor redactor() {
        return redactor;
    }

    /** How requests become keys. */
    public Matching matching() {
        return new Matching(Normaliser::contentKey, Normaliser::contentKeyWithoutHeaders, Normaliser::exactKey);
    }

    /** What a mode needs to know of upstreams. */
    public Routing routing() {
        return new Routing(
                upstreams::byName,
                Upstream::byOrigin,
                (upstream, request) -> Operation.of(request, upstream.dialect()).dialect());
    }

    /** What a request goes through before it is looked up. */
    public Answering.Matches matches() {
        return new Answering.Matches(redactor, matching(), routing());
    }

    /** Ids such as {@code openai-chat-3f9a12c4}: the operation and the first digits of the key. */
    public Ids ids() {
        return request -> idOf(request, contentKey(request));
    }

    /** The first id of a request whose content key is known. */
    String idOf(Request request, Key contentKey) {
        return operation(request).id() + "-" + contentKey.hex().substring(0, ID_HEX_DIGITS);
    }

    /** The keys of a recording that was not made on this wire. */
    public Keys keys(Recording recording) {
        return keys(recording.request(), null);
    }

    /** The keys of a redacted request. */
    Keys keys(Request redacted, @Nullable Key exactOrNull) {
        return new Keys(contentKey(redacted), exactOrNull, NORMALISER_VERSION, originOrNull(redacted));
    }

    /** The key of a redacted request by the origin of its upstream, which has a base. */
    Key keyAtOrigin(Upstream upstream, Request redacted) {
        Request byOrigin = upstream.byOrigin(redacted).orElseThrow();
        return contentKey(byOrigin).at(byOrigin.upstream());
    }

    /** Whether {@code keys} are those that a request would have today. */
    boolean isCurrent(Keys keys) {
        return keys.normaliserVersion() == NORMALISER_VERSION;
    }

    /** An importer that redacts, frames and names what it reads. */
    public Importer importer() {
        return new Importer(new ImportSettings(this::route, Framers::forContentType, redactor, ids()));
    }

    private Key contentKey(Request redacted) {
        return redacted.headers().isKnown()
                ? Normaliser.contentKey(redacted)
                : Normaliser.contentKeyWithoutHeaders(redacted);
    }

    private @Nullable String originOrNull(Request request) {
        return upstreams.byName(request.upstream()).flatMap(Upstream::origin).orElse(null);
    }

    private Operation operation(Request request) {
        return upstreams
                .byName(request.upstream())
                .map(upstream -> Operation.of(request, upstream.dialect()))
                .orElseGet(() -> Operation.byPath(request.method(), request.path()));
    }

    private Optional<Route> route(URI address) {
        Located located = upstreams.locate(address);
        return Optional.of(new Route(located.upstream(), located.target()));
    }
}
