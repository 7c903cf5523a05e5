package dev.llmsim.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that began and was never sealed: it is listed, never served and never exported.
 *
 * @param path without its query
 * @param reasonOrNull why, where the recorder lived to tell; absent after a crash and while the exchange goes on
 */
public record UnfinishedExchange(
        long row,
        String cassette,
        String upstream,
        String method,
        String path,
        long begunAtMillis,
        @Nullable String reasonOrNull) {

    public Optional<String> reason() {
        return Optional.ofNullable(reasonOrNull);
    }
}
