package dev.llmsim.mode;

import dev.llmsim.exchange.Response;
import dev.llmsim.provider.Upstream;

/** What the gateway does next with one request. Every request ends in exactly one of these. */
public sealed interface Decision {
    /** Pass upstream's answer through unchanged, keeping a copy where {@code keep} says so. */
    record Forward(Upstream upstream, boolean keep) implements Decision {}

    /** Answer without a network: the head at once it is due, then each frame when its schedule says. */
    record Respond(Response response, Origin origin) implements Decision {}

    /** Answer with the provider's own error envelope. */
    record Refuse(Refusal refusal) implements Decision {}
}
