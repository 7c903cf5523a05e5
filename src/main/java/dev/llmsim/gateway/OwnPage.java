package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import java.util.List;

/** One of the gateway's own pages: all that is below one path. Called on event loops: must not block. */
interface OwnPage {
    /** What is asked of a page. {@code method} is one of those that it takes at {@code path}; HEAD comes as GET; the query is raw. */
    record Asked(String method, String path, String query, Bytes body) {}

    /** Its path, for the answer to those who ask for another. */
    String place();

    /** The methods that it takes at {@code path}; none where that is not its own. */
    List<String> methods(String path);

    /**
     * The answer.
     *
     * @throws dev.llmsim.exchange.LlmSimException with {@code USAGE}, where the body is wrong: that is answered 400
     */
    OwnAnswer answer(Asked asked);
}
