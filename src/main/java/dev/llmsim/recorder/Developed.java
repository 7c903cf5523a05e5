package dev.llmsim.recorder;

import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import java.util.List;
import java.util.Objects;

/**
 * A raw exchange made fit to be written: decoded, cut into frames, redacted.
 *
 * @param redacted whether anything was replaced by a placeholder
 * @param remarks what could not be done, for the log: one sentence each, without secrets
 */
public record Developed(Request request, Response response, boolean redacted, List<String> remarks) {
    public Developed {
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
        remarks = List.copyOf(remarks);
    }

    public Recording withId(String id) {
        return new Recording(id, request, response, redacted);
    }
}
