package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What every gateway takes that connects to upstreams. */
final class ForwardingOptions {
    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private UpstreamOptions upstream = new UpstreamOptions();

    @Mixin
    private FaultOption fault = new FaultOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    ListenOptions listen() {
        return gateway.listen();
    }

    LlmSimBuilder builder(Mode mode, Map<String, String> environment) {
        LlmSimBuilder builder =
                gateway.builder(mode, environment).gateway(config -> upstream.configure(config, environment));
        return seed.configure(builder.faults(fault.faults()));
    }
}
