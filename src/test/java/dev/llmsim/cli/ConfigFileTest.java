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

            [errors]
            rate_limit_rate = 0.0
            server_error_rate = 0.5

            [models]
            available = ["gpt-5", "o3"]
            snapshots = true

            [extra]
            thing = 1
            """;

    @TempDir
    private Path folder;

    @Test
    void tomlGivesValuesOfOptionsAndWarnsOfWhatHasNoEffect() throws IOException {
        ConfigFile config = ConfigFile.read(Files.writeString(folder.resolve("llmsim.toml"), TOML));

        assertThat(config.valueByOption())
                .containsEntry("--port", "9000")
                .containsEntry("--max-websocket-connections", "50")
                .containsEntry("--latency-profile", "gpt5")
                .containsEntry("--tbt-mean-ms", "20")
                .containsEntry("--generator", "fixed:hello")
                .containsEntry("--target-tokens", "30")
                .containsEntry("--models", "gpt-5,o3")
                .containsEntry("--snapshots", "true")
                .hasSize(10);
        assertThat(config.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("errors.server_error_rate has no effect"))
                .anyMatch(warning -> warning.contains("extra.thing is unknown"));
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
        Path script = Files.writeString(folder.resolve("script.toml"), "[response]\nscript_path = 'a.json'\n");
        assertThatThrownBy(() -> ConfigFile.read(script)).hasMessageContaining("response.script_path");
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
