package dev.llmsim.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** The {@code LLMSIM_*} variables that are set, and the options that they stand for. */
final class Variables {
    /** Those of the launcher, and the one that programs may read to find a gateway. */
    private static final Set<String> OTHERS = Set.of("LLMSIM_URL", "LLMSIM_JAVA_OPTS");

    private final Map<String, String> environment;
    private final Set<String> options = new TreeSet<>();

    Variables(Map<String, String> environment, CommandLine program) {
        this.environment = environment;
        collect(program);
    }

    private void collect(CommandLine command) {
        command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(CommandLine.Model.OptionSpec::longestName)
                .forEach(options::add);
        command.getSubcommands().values().forEach(this::collect);
    }

    /** A warning for each that stands for no option. */
    List<String> warnings() {
        List<String> known = options.stream().map(EnvironmentDefaults::variable).toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith("LLMSIM_") && !OTHERS.contains(name) && !known.contains(name))
                .sorted()
                .map(name -> "llmsim: warning: " + name + " stands for no option and is ignored"
                        + Spelling.hint(name, known))
                .toList();
    }

    /** The variable that set the option which {@code complaint} names, where that was not among {@code arguments}. */
    Optional<String> behind(String complaint, List<String> arguments) {
        return options.stream()
                .filter(option -> complaint.contains("'" + option + "'")
                        || complaint.startsWith(option + " ")
                        || complaint.startsWith(option + ":")
                        || complaint.startsWith(option.substring(2) + ":"))
                .filter(option ->
                        arguments.stream().noneMatch(given -> given.equals(option) || given.startsWith(option + "=")))
                .map(EnvironmentDefaults::variable)
                .filter(environment::containsKey)
                .findFirst();
    }
}
