package dev.llmsim.cli;

import dev.llmsim.LlmSim;
import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What every gateway takes: where it listens, and which upstreams it stands for. */
final class GatewayOptions {
    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private UpstreamNames upstreams = new UpstreamNames();

    ListenOptions listen() {
        return listen;
    }

    LlmSimBuilder builder(Mode mode, Map<String, String> environment) {
        return LlmSim.builder(mode)
                .gateway(listen.configure())
                .maxRequestBytes(listen.maxRequestBytes)
                .upstreams(upstreams.table())
                .environment(environment);
    }
}
