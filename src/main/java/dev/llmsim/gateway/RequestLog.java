package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is told of every exchange when it has ended. Called on event loops: must not block. */
@FunctionalInterface
public interface RequestLog {
    RequestLog NONE = line -> {};

    void ended(Line line);

    /**
     * One exchange in short.
     *
     * @param path without its query, which may carry a key
     * @param sessionOrNull the id of its session; absent for the default one
     * @param source the value of {@code x-llmsim-source}
     * @param match the value of {@code x-llmsim-match}; empty where nothing was looked up
     * @param faults those that were done to the answer, with commas in between; empty where none was
     * @param status 0 where no head was sent
     * @param ttftNanos from the last byte of the request to the first of the body; -1 where it is not known
     * @param bodyBytes written to the client
     * @param stopped whether it was not over when the gateway stopped; it was then cut by the gateway, not by the client
     */
    record Line(
            String method,
            String path,
            @Nullable String upstreamOrNull,
            @Nullable String sessionOrNull,
            String source,
            String match,
            String faults,
            int status,
            long ttftNanos,
            long bodyBytes,
            Ending ending,
            boolean stopped,
            long durationNanos) {
        public Optional<String> upstream() {
            return Optional.ofNullable(upstreamOrNull);
        }

        public Optional<String> session() {
            return Optional.ofNullable(sessionOrNull);
        }
    }
}
