package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.Dialect;

/** Wraps an error message as a provider would, so that its SDKs understand it. */
@FunctionalInterface
public interface Envelopes {
    Envelope wrap(Dialect dialect, int status, String message);

    /**
     * An error in a provider's words.
     *
     * @param headers {@code content-type}, and whatever else the provider says in headers
     */
    record Envelope(Headers headers, Bytes body) {}
}
