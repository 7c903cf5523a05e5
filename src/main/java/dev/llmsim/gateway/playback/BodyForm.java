package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Response;

/** How the end of a replayed body is marked on the client's connection. */
enum BodyForm {
    /** The answer has no body on the wire. */
    NONE,
    LENGTH,
    CHUNKED,
    CLOSE;

    /**
     * The form for {@code response}. It is the recorded framing, with two exceptions: HTTP/1.0 knows no chunks, and a cut
     * body whose announced length is not known is sent in chunks, the last of which never comes.
     */
    static BodyForm of(Response response, int status, Asker asker) {
        if (asker.isHead() || status == 204 || status == 205 || status == 304) {
            return NONE;
        }
        return switch (response.framing()) {
            case LENGTH -> isWhole(response) || announcesMore(response) ? LENGTH : chunkedFor(asker);
            case CHUNKED -> chunkedFor(asker);
            case CLOSE -> CLOSE;
        };
    }

    /** The {@code content-length} of an answer of form {@link #LENGTH}. */
    static long announcedBytes(Response response) {
        return isWhole(response) ? response.bodyBytes() : response.declaredBytes();
    }

    private static boolean isWhole(Response response) {
        return response.ending() == Ending.COMPLETE;
    }

    private static boolean announcesMore(Response response) {
        return response.declaredBytes() > response.bodyBytes();
    }

    private static BodyForm chunkedFor(Asker asker) {
        return asker.isHttp10() ? CLOSE : CHUNKED;
    }
}
