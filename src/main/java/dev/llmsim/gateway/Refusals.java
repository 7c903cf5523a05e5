package dev.llmsim.gateway;

import dev.llmsim.mode.Refusal;
import dev.llmsim.provider.Dialect;

/** Makes error answers in a provider's own envelope. */
final class Refusals {
    private final Envelopes envelopes;

    Refusals(Envelopes envelopes) {
        this.envelopes = envelopes;
    }

    OwnAnswer of(Dialect dialect, int status, String message) {
        Envelopes.Envelope envelope = envelopes.wrap(dialect, status, message);
        return OwnAnswer.of(status, envelope.headers(), envelope.body());
    }

    OwnAnswer of(Refusal refusal) {
        return of(refusal.dialect(), refusal.status(), refusal.message()).with(refusal.headers());
    }

    OwnAnswer of(Dialect dialect, RequestGuard.Objection objection) {
        OwnAnswer answer = of(dialect, objection.status(), objection.message());
        return objection.closes() ? answer.closing() : answer;
    }
}
