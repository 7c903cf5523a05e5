package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.GatewayConfig;
import dev.llmsim.mode.Mode;
import dev.llmsim.store.H2Tape;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"RECORD", "AUTO"})
    void whatCannotListenLeavesNoRecorderBehind(Mode mode) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LlmSimBuilder builder = LlmSim.builder(mode)
                    .gateway(GatewayConfig.at("127.0.0.1", taken.getLocalPort()))
                    .store(folder);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(LlmSimException.class)
                    .hasMessageContaining("in use");
        }
        H2Tape.open(folder).close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("llmsim-recorder")));
    }
}
