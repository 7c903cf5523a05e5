package dev.llmsim.exchange;

import java.util.Objects;

/**
 * One request as a provider would see it.
 *
 * @param upstream whom it is for: an upstream's name ({@code openai}), or an origin ({@code https://api.example.com}) where no
 *     name is known
 * @param method the HTTP method, as spelled
 * @param target path and query as they stood on the wire (undecoded), without our own prefix; starts with {@code /}
 * @param headers end-to-end headers; {@link Headers#UNKNOWN} where a source had dropped them
 * @param body the body as sent (undecoded: {@code content-encoding} still applies), without transfer coding
 */
public record Request(String upstream, String method, String target, Headers headers, Bytes body) {
    public Request {
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
        if (upstream.isEmpty()) {
            throw new IllegalArgumentException("upstream: \"\" (expected: a name or an origin)");
        }
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target: " + target + " (expected: a path that starts with /)");
        }
    }

    /** The target without its query. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The query without its question mark; empty where there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    public Request withBody(Bytes newBody) {
        return new Request(upstream, method, target, headers, newBody);
    }
}
