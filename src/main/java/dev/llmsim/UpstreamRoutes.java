package dev.llmsim;

import dev.llmsim.gateway.Route;
import dev.llmsim.gateway.Routes;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Operation;
import dev.llmsim.provider.Upstream;
import dev.llmsim.provider.Upstreams;
import java.util.List;
import java.util.Optional;

/** Finds upstreams by the first segment of a path. */
final class UpstreamRoutes implements Routes {
    private final Upstreams upstreams;

    UpstreamRoutes(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public Optional<Route> route(String target) {
        return upstreams
                .split(target)
                .map(split -> new Route(split.upstream(), split.target(), dialect(split.upstream(), split.target())));
    }

    @Override
    public List<String> names() {
        return upstreams.all().stream().map(Upstream::name).toList();
    }

    private static Dialect dialect(Upstream upstream, String target) {
        Dialect told = Operation.byPath("POST", target.split("\\?", 2)[0]).dialect();
        return told == Dialect.RAW ? upstream.dialect() : told;
    }
}
