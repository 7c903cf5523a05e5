package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import java.util.function.Function;

/**
 * How requests become keys. None of the keys depends on the upstream.
 *
 * @param contentKey of a redacted, content-decoded request
 * @param contentKeyWithoutHeaders of the same, as if its headers were unknown
 * @param exactKey of a request as it came
 */
public record Matching(
        Function<Request, Key> contentKey,
        Function<Request, Key> contentKeyWithoutHeaders,
        Function<Request, Key> exactKey) {}
