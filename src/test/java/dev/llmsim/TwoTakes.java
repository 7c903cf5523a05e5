package dev.llmsim;

import dev.llmsim.gateway.RequestLog;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.timing.Pace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One conversation held through a gateway that records it, and again through one that replays the tape. */
final class TwoTakes {
    private final Path tape;
    private final String upstream;

    TwoTakes(Path tape, String upstream) {
        this.tape = tape;
        this.upstream = upstream;
    }

    /** What a client says to the provider at {@code base}, and what it hears there, in words. */
    @FunctionalInterface
    interface Conversation {
        List<String> hold(URI base, String apiKey);
    }

    /**
     * One take.
     *
     * @param heard what the conversation heard
     * @param answers {@code SOURCE STATUS} of every exchange that the gateway saw
     */
    record Take(List<String> heard, List<String> answers) {}

    /** The conversation through {@code record}, before the provider at {@code base}. */
    Take recorded(URI base, Conversation conversation) {
        Upstreams table = Upstreams.wellKnown().with(upstream + "=" + base);
        return take(LlmSim.builder(Mode.RECORD).store(tape).upstreams(table), "sk-recording-1f0c7b2e94", conversation);
    }

    /** The conversation through {@code replay} of the same tape, with another key. */
    Take replayed(Conversation conversation) {
        LlmSimBuilder replay = LlmSim.builder(Mode.REPLAY).store(tape).pace(Pace.INSTANT);
        return take(replay, "sk-replaying-83d5a6f017", conversation);
    }

    private Take take(LlmSimBuilder builder, String apiKey, Conversation conversation) {
        Queue<RequestLog.Line> lines = new ConcurrentLinkedQueue<>();
        List<String> heard;
        try (LlmSim sim = builder.onRequest(lines::add).start()) {
            heard = conversation.hold(sim.baseUrl(upstream), apiKey);
        }
        return new Take(
                heard,
                lines.stream().map(line -> line.source() + " " + line.status()).toList());
    }
}
