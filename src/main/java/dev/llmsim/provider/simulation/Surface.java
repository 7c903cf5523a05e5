package dev.llmsim.provider.simulation;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import java.util.List;

/** One provider's API as the simulator offers it. Its endpoints are declared once, here; nothing else knows the dialect. */
public interface Surface {
    Dialect dialect();

    /** Whether this is the API of whom {@code request} is for: services that took over another's API have a surface of their own. */
    default boolean isFor(Request request) {
        return true;
    }

    /** The first whose method and path fit a request answers it. */
    List<Endpoint> endpoints();

    /** {@code error} in the provider's envelope. */
    Answer error(ApiError error);

    /** What the provider says of a path that it does not have, with the hint that it can be recorded. */
    ApiError unknown(Request request);
}
