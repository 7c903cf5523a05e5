package dev.llmsim.gateway;

import java.util.List;
import java.util.Optional;

/** Finds the upstream that a path is meant for. */
public interface Routes {
    /** The route of {@code target} ({@code /NAME/...} and its query); empty where no upstream has that name. */
    Optional<Route> route(String target);

    /** All names, for the answer to an unknown one. */
    List<String> names();
}
