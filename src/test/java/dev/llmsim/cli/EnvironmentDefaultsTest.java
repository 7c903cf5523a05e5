package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class EnvironmentDefaultsTest {
    @Test
    void everyOptionOfEveryCommandCanBeSetByItsVariable() {
        List<OptionSpec> options = new ArrayList<>();
        collect(new CommandLine(new Root(Map.of())), options);

        assertThat(options).extracting(OptionSpec::longestName).contains("--fault", "--script", "--store", "--rpm");
        for (OptionSpec option : options) {
            String name = option.longestName();
            String variable = EnvironmentDefaults.variable(name);
            assertThat(name).startsWith("--");
            assertThat(variable)
                    .isEqualTo("LLMSIM_"
                            + name.substring(2).toUpperCase(Locale.ROOT).replace('-', '_'));
            assertThat(new EnvironmentDefaults(Map.of(variable, "true"), ConfigFile.NONE).defaultValue(option))
                    .as(variable)
                    .isEqualTo("true");
            assertThat(new EnvironmentDefaults(Map.of(), ConfigFile.NONE).defaultValue(option))
                    .isNull();
        }
    }

    @Test
    void aVariableGoesBeforeTheConfigurationFile() {
        List<OptionSpec> options = new ArrayList<>();
        collect(new CommandLine(new Root(Map.of())), options);
        OptionSpec port = options.stream()
                .filter(option -> option.longestName().equals("--port"))
                .findFirst()
                .orElseThrow();
        ConfigFile config = new ConfigFile(Map.of("--port", "9"), List.of());

        assertThat(new EnvironmentDefaults(Map.of("LLMSIM_PORT", "8"), config).defaultValue(port))
                .isEqualTo("8");
        assertThat(new EnvironmentDefaults(Map.of("LLMSIM_PORT", " "), config).defaultValue(port))
                .isEqualTo("9");
    }

    private static void collect(CommandLine command, List<OptionSpec> options) {
        command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(options::add);
        command.getSubcommands().values().forEach(below -> collect(below, options));
    }
}
