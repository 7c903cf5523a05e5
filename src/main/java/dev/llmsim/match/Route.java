package dev.llmsim.match;

import dev.llmsim.exchange.Request;
import dev.llmsim.match.Node.Items;
import dev.llmsim.provider.Operation;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a request goes.
 *
 * @param path with percent-escapes in one spelling
 * @param query pairs of name and value
 */
record Route(Operation operation, String method, String path, Items query) {
    static Route of(Request request) {
        String path = Arrays.stream(request.path().split("/", -1))
                .map(PercentText::segment)
                .collect(Collectors.joining("/"));
        return new Route(
                Operation.byPath(request.method(), request.path()),
                request.method(),
                path,
                Parameters.ofQuery(request.query()));
    }
}
