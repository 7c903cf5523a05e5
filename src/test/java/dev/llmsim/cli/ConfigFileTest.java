package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final String TOML = """
            [server]
            port = 9000
            host = "127.0.0.1"
            max_websocket_connections = 50

            [latency]
            profile = "gpt5"
            tbt_mean_ms = 20

            [response]
            generator = "fixed:hello"
            target_tokens = 30
            tools = "never"
            script_path = "agent.json"

            [errors]
            rate_limit_rate = 0.0
            server_error_rate = 0.5
            timeout_rate = 0.1
            timeout_after_ms = 250
            invalid_request_rate = 0.02
            auth_error_rate = 0.01
            faults = ["cut@frame=3;p=0.1", "drip;rate=200B/s"]
            seed = 7

            [limits]
            rpm = 60
            tpm = 10000

            [models]
            available = ["gpt-5", "o3"]
            snapshots = true

            [extra]
            thing = 1
            """;

    @TempDir
    private Path folder;

    @Test
    void tomlGivesValuesOfOptionsAndWarnsOfUnknownKeys() throws IOException {
        ConfigFile config = ConfigFile.read(Files.writeString(folder.resolve("llmsim.toml"), TOML));

        assertThat(config.valueByOption())
                .containsEntry("--port", "9000")
                .containsEntry("--max-websocket-connections", "50")
                .containsEntry("--latency-profile", "gpt5")
                .containsEntry("--tbt-mean-ms", "20")
                .containsEntry("--generator", "fixed:hello")
                .containsEntry("--target-tokens", "30")
                .containsEntry("--script", "agent.json")
                .containsEntry("--models", "gpt-5,o3")
                .containsEntry("--snapshots", "true")
                .containsEntry("--rate-limit-rate", "0")
                .containsEntry("--server-error-rate", "0.5")
                .containsEntry("--timeout-rate", "0.1")
                .containsEntry("--timeout-after-ms", "250")
                .containsEntry("--invalid-request-rate", "0.02")
                .containsEntry("--auth-error-rate", "0.01")
                .containsEntry("--fault", "cut@frame=3;p=0.1,drip;rate=200B/s")
                .containsEntry("--seed", "7")
                .containsEntry("--rpm", "60")
                .containsEntry("--tpm", "10000")
                .hasSize(21);
        assertThat(config.warnings()).hasSize(1).anyMatch(warning -> warning.contains("extra.thing is unknown"));
    }

    @Test
    void yamlHasTheSameKeys() throws IOException {
        Path file = Files.writeString(
                folder.resolve("llmsim.yaml"), "server:\n  port: 9000\nresponse:\n  generator: echo\n");

        assertThat(ConfigFile.read(file).valueByOption())
                .containsOnly(Map.entry("--port", "9000"), Map.entry("--generator", "echo"));
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.toml"), "[server]\nport = \n");
        assertThatThrownBy(() -> ConfigFile.read(broken))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("broken.toml:2");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.toml")))
                .hasMessageContaining("none.toml: cannot be read");
    }

    @Test
    void isReadForServeAloneFromItsOptionOrItsVariable() throws IOException {
        String file = Files.writeString(folder.resolve("c.toml"), "[server]\nport = 1\n")
                .toString();

        assertThat(ConfigFile.of(List.of("serve", "-c", file), Map.of()).valueByOption())
                .isNotEmpty();
        assertThat(ConfigFile.of(List.of("serve", "--config=" + file), Map.of()).valueByOption())
                .isNotEmpty();
        assertThat(ConfigFile.of(List.of("serve"), Map.of("LLMSIM_CONFIG", file))
                        .valueByOption())
                .isNotEmpty();
        assertThat(ConfigFile.of(List.of("replay", "-c", file), Map.of()).valueByOption())
                .isEmpty();
    }
}
