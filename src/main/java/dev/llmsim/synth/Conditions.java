package dev.llmsim.synth;

import dev.llmsim.synth.errors.ErrorRates;
import dev.llmsim.synth.limits.Quota;
import java.util.Objects;

/** What stands between a client and its answer: errors on purpose, and limits. */
public record Conditions(ErrorRates errors, Quota quota) {
    /** Every request is answered. */
    public static final Conditions NONE = new Conditions(ErrorRates.NONE, Quota.NONE);

    public Conditions {
        Objects.requireNonNull(errors);
        Objects.requireNonNull(quota);
    }
}
