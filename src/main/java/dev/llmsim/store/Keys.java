package dev.llmsim.store;

import dev.llmsim.exchange.Key;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recording is found by.
 *
 * @param content the key of the canonical request, whatever upstream it was sent to
 * @param exactOrNull the key of the undecoded request; absent where a recording was not made by us
 * @param normaliserVersion which version of the normaliser computed {@code content}
 * @param originOrNull scheme, host and port (and perhaps a path) that the upstream's name stood for, where known
 */
public record Keys(
        Key content,
        @Nullable Key exactOrNull,
        int normaliserVersion,
        @Nullable String originOrNull) {
    public Keys {
        Objects.requireNonNull(content);
    }

    public Optional<Key> exact() {
        return Optional.ofNullable(exactOrNull);
    }

    public Optional<String> origin() {
        return Optional.ofNullable(originOrNull);
    }
}
