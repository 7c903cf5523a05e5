package dev.llmsim.exchange;

import java.util.Objects;

/**
 * What the recorder's tee kept of one exchange, exactly as it crossed the wire: not decoded, not cut into frames, not
 * redacted. Lives in memory only, never at rest.
 *
 * @param request all end-to-end headers the client sent, credentials included, and the whole body
 * @param response its frames are single reads from the upstream connection, still content-encoded
 */
public record RawExchange(Request request, Response response) {
    public RawExchange {
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
    }
}
