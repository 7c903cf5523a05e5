package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Response;

/** The credentials of one request by placeholder. Lives in memory only. */
public final class Secrets {
    /** A recorded answer with each placeholder replaced by the secret of the present request that has the same role. */
    public Response fill(Response recorded) {
        return recorded;
    }
}
