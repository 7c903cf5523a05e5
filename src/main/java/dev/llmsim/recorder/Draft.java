package dev.llmsim.recorder;

import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import java.util.Objects;

/**
 * A recording that has no id yet: decoded, cut into frames and redacted.
 *
 * @param redacted whether anything was replaced by a placeholder
 */
public record Draft(Request request, Response response, boolean redacted) {
    public Draft {
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
    }

    public Recording withId(String id) {
        return new Recording(id, request, response, redacted);
    }
}
