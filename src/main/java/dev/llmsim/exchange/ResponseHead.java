package dev.llmsim.exchange;

import java.util.Objects;

/**
 * Status line and headers of an answer.
 *
 * @param status 200 to 999 (interim 1xx answers are not kept)
 * @param reason the reason phrase as it stood on the wire; may be empty
 */
public record ResponseHead(int status, String reason, Headers headers) {
    public ResponseHead {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(headers);
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 999)");
        }
    }
}
