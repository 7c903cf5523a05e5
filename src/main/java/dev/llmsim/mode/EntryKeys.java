package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recording is found by.
 *
 * @param upstream a name, or an origin where no name is known
 * @param atUpstream the content key at that upstream
 * @param atOriginOrNull the content key, as for a request without a name, at the origin that the name stands for; absent
 *     where the origin is not known
 * @param exactOrNull the key of the undecoded request; absent where the recording was not made by us
 * @param headersKnown false where the source of the request had dropped headers: the content key is one without headers
 */
public record EntryKeys(
        String upstream,
        Key atUpstream,
        @Nullable Key atOriginOrNull,
        @Nullable Key exactOrNull,
        boolean headersKnown) {
    public EntryKeys {
        Objects.requireNonNull(upstream);
        Objects.requireNonNull(atUpstream);
    }

    public Optional<Key> atOrigin() {
        return Optional.ofNullable(atOriginOrNull);
    }

    public Optional<Key> exact() {
        return Optional.ofNullable(exactOrNull);
    }
}
