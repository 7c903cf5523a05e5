package dev.llmsim.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the value of {@code --some-option} from the variable {@code LLMSIM_SOME_OPTION} where the option is not given, and from
 * the configuration file where there is no such variable.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final ConfigFile config;

    EnvironmentDefaults(Map<String, String> environment, ConfigFile config) {
        this.environment = environment;
        this.config = config;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variable(option.longestName()));
        return value == null || value.isBlank()
                ? config.valueByOption().get(option.longestName())
                : flagOrValue(option, value);
    }

    /** The variable for a long option: {@code --max-request} is {@code LLMSIM_MAX_REQUEST}. */
    static String variable(String longName) {
        return "LLMSIM_" + longName.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String flagOrValue(OptionSpec option, String value) {
        return option.arity().max() == 0 ? flag(value) : value;
    }

    private static String flag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "on" -> "true";
            case "0", "no", "off" -> "false";
            default -> value;
        };
    }
}
