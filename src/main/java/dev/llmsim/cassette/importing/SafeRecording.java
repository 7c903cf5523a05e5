package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.List;

/**
 * One exchange from a file, redacted.
 *
 * @param redacted whether anything was replaced by a placeholder
 */
record SafeRecording(Request request, Response response, boolean redacted) {

    static SafeRecording of(Request request, Response response, Redactor redactor) {
        RedactedRequest safeRequest = redactor.redact(request);
        Response safeResponse = redactor.redact(response, safeRequest.secrets());
        boolean changed = safeRequest.changed() || isReplaced(response, safeResponse);
        return new SafeRecording(safeRequest.request(), safeResponse, changed);
    }

    /** Whether bytes or header values differ; headers that were dropped do not count. */
    private static boolean isReplaced(Response before, Response after) {
        return !bodies(before).equals(bodies(after)) || !headers(before).containsAll(headers(after));
    }

    private static List<Object> bodies(Response response) {
        return List.copyOf(response.frames().stream().map(Frame::bytes).toList());
    }

    private static List<Header> headers(Response response) {
        return response.head().map(ResponseHead::headers).map(Headers::lines).orElse(List.of());
    }
}
