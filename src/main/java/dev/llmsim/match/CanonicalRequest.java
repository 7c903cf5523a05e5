package dev.llmsim.match;

import dev.llmsim.exchange.Key;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import dev.llmsim.provider.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request in the form in which all requests of the same meaning are the same. Immutable.
 *
 * <p>Whom it is for is kept beside it, but is no part of its rendering or its key.
 */
public final class CanonicalRequest {
    private final String upstream;
    private final Operation operation;
    private final Route route;
    private final Node headers;
    private final Node body;

    CanonicalRequest(String upstream, Route route, Node headers, Node body) {
        this.upstream = upstream;
        this.operation = route.operation();
        this.route = route;
        this.headers = headers;
        this.body = body;
    }

    /** The request's upstream, as it was given. */
    public String upstream() {
        return upstream;
    }

    /** What method and path tell by themselves. */
    public Operation operation() {
        return operation;
    }

    public String method() {
        return route.method();
    }

    /** The path with percent-escapes in one spelling. */
    public String path() {
        return route.path();
    }

    /** False where it was made without headers: see {@link Normaliser#contentKeyWithoutHeaders}. */
    public boolean hasHeaders() {
        return headers instanceof Items;
    }

    /** One text for all requests of this meaning, JSON but for its marks. It holds prompts: not for logs. */
    public String render() {
        return new Items(List.of(
                        new Text(Normaliser.VERSION),
                        new Text(route.method()),
                        new Text(route.path()),
                        route.query(),
                        headers,
                        body))
                .render();
    }

    /** The hash of {@link #render()}. */
    public Key key() {
        return Key.hash(render().getBytes(StandardCharsets.UTF_8));
    }

    Items query() {
        return route.query();
    }

    /** {@link Node.Plain#NULL} where they are unknown. */
    Node headers() {
        return headers;
    }

    Node body() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalRequest that && render().equals(that.render());
    }

    @Override
    public int hashCode() {
        return render().hashCode();
    }

    @Override
    public String toString() {
        return route.method() + " " + route.path() + " " + key();
    }
}
