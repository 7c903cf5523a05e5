package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Response;

/** The credentials of one request by placeholder. Lives in memory only. Immutable. */
public final class Secrets {
    private final Ledger ledger;

    /** No secrets at all. */
    public Secrets() {
        this(new Ledger());
    }

    Secrets(Ledger ledger) {
        this.ledger = ledger;
    }

    Ledger copyOfLedger() {
        return new Ledger(ledger);
    }

    /**
     * A recorded answer with each placeholder replaced by the secret of the present request that has the same role; one that
     * has none there stays. Needed for recordings that are redacted only.
     */
    public Response fill(Response recorded) {
        return ledger.isEmpty() ? recorded : new Filling(ledger).fill(recorded);
    }

    /** How many there are, never which. */
    @Override
    public String toString() {
        return "Secrets[" + ledger.size() + "]";
    }
}
