package dev.llmsim.match;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import dev.llmsim.provider.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns requests into their canonical form and their keys: equal keys are equal meaning. The steps: route, decode, drop what
 * carries no meaning, bring the rest into one spelling, number the tool calls ({@link Rules}). What cannot be read beyond
 * doubt counts by the hash of its bytes. Pure and thread-safe.
 *
 * <p>No key depends on the upstream: {@link Key#at} adds it.
 */
public final class Normaliser {
    /** Changes whenever any request's canonical form changes; part of every key. */
    public static final String VERSION = "llmsim-match/1";

    private Normaliser() {}

    /** The canonical form of a redacted, content-decoded request. */
    public static CanonicalRequest canonical(Request redacted) {
        Route route = Route.of(redacted);
        Node body = Rules.of(route.operation().id()).apply(BodyReader.read(redacted));
        return new CanonicalRequest(redacted.upstream(), route, MeaningHeaders.of(redacted.headers()), body);
    }

    /**
     * The key of a redacted, content-decoded request. Where its headers are unknown this equals
     * {@link #contentKeyWithoutHeaders} of the requests that it should answer.
     */
    public static Key contentKey(Request redacted) {
        return canonical(redacted).key();
    }

    /** The key that {@code redacted} would have if its headers were unknown. */
    public static Key contentKeyWithoutHeaders(Request redacted) {
        return contentKey(new Request(
                redacted.upstream(), redacted.method(), redacted.target(), Headers.UNKNOWN, redacted.body()));
    }

    /** The key of the bytes of a request as it came, with its route and the headers that take part in matching. */
    public static Key exactKey(Request raw) {
        Route route = Route.of(raw);
        List<Node> head = new ArrayList<>();
        head.add(new Text(VERSION + " exact"));
        head.add(new Text(route.method()));
        head.add(new Text(route.path()));
        head.add(route.query());
        for (Header header : Operation.matchHeaders(raw.headers())) {
            head.add(new Items(List.of(new Text(header.lowerCaseName()), new Text(header.value()))));
        }
        return Key.hash(
                new Items(head).render().getBytes(StandardCharsets.UTF_8),
                raw.body().toArray());
    }
}
