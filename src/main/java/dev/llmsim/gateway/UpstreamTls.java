package dev.llmsim.gateway;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is trusted, and shown, over TLS to upstreams. Host names are always verified.
 *
 * @param extraCaOrNull PEM file of certificates trusted beside the platform's own
 * @param certificateOrNull PEM file of the client certificate and its chain; needs {@code keyOrNull}
 * @param keyOrNull PEM file of the client certificate's private key (PKCS #8)
 */
public record UpstreamTls(
        @Nullable Path extraCaOrNull,
        @Nullable Path certificateOrNull,
        @Nullable Path keyOrNull) {
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null, null);

    public UpstreamTls {
        if ((certificateOrNull == null) != (keyOrNull == null)) {
            throw new IllegalArgumentException("client certificate: " + certificateOrNull + ", key: " + keyOrNull
                    + " (expected: both or neither; give the missing file)");
        }
    }

    public static UpstreamTls trusting(Path extraCa) {
        return new UpstreamTls(extraCa, null, null);
    }
}
