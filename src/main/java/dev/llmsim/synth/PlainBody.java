package dev.llmsim.synth;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.coding.Decoded;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;

/** The body of a request without its content coding. */
final class PlainBody {
    private static final String CONTENT_ENCODING = "content-encoding";

    private PlainBody() {}

    /**
     * The bytes that were meant.
     *
     * @throws ApiErrorException with 415 where they cannot be had
     */
    static Bytes of(Request request) {
        String codings = String.join(",", request.headers().all(CONTENT_ENCODING));
        Decoded decoded = ContentCoding.decode(List.of(new Frame(0, request.body())), codings);
        if (decoded instanceof Decoded.Plain) {
            return decoded.bytes();
        }
        throw new ApiErrorException(
                415,
                "The body of the request could not be decoded: content-encoding " + codings + " is unknown or broken.");
    }
}
