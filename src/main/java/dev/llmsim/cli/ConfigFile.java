package dev.llmsim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The configuration file of {@code serve}, TOML or YAML with the same keys: values of options, which variables and options
 * themselves override.
 *
 * @param valueByOption by the long name of the option
 * @param warnings about keys that have no effect
 */
record ConfigFile(Map<String, String> valueByOption, List<String> warnings) {
    static final ConfigFile NONE = new ConfigFile(Map.of(), List.of());

    private static final Map<String, String> OPTION_BY_KEY = Map.ofEntries(
            Map.entry("server.port", "--port"),
            Map.entry("server.host", "--host"),
            Map.entry("server.max_websocket_connections", "--max-websocket-connections"),
            Map.entry("latency.profile", "--latency-profile"),
            Map.entry("latency.ttft_mean_ms", "--ttft-mean-ms"),
            Map.entry("latency.ttft_stddev_ms", "--ttft-stddev-ms"),
            Map.entry("latency.tbt_mean_ms", "--tbt-mean-ms"),
            Map.entry("latency.tbt_stddev_ms", "--tbt-stddev-ms"),
            Map.entry("latency.non_streaming", "--non-streaming"),
            Map.entry("response.generator", "--generator"),
            Map.entry("response.target_tokens", "--target-tokens"),
            Map.entry("response.tools", "--tools"),
            Map.entry("errors.preset", "--errors"),
            Map.entry("errors.rate_limit_rate", "--rate-limit-rate"),
            Map.entry("errors.server_error_rate", "--server-error-rate"),
            Map.entry("errors.timeout_rate", "--timeout-rate"),
            Map.entry("errors.timeout_after_ms", "--timeout-after-ms"),
            Map.entry("errors.invalid_request_rate", "--invalid-request-rate"),
            Map.entry("errors.auth_error_rate", "--auth-error-rate"),
            Map.entry("errors.faults", "--fault"),
            Map.entry("response.script_path", "--script"),
            Map.entry("errors.seed", "--seed"),
            Map.entry("limits.rpm", "--rpm"),
            Map.entry("limits.tpm", "--tpm"),
            Map.entry("limits.itpm", "--itpm"),
            Map.entry("limits.otpm", "--otpm"),
            Map.entry("models.available", "--models"),
            Map.entry("models.snapshots", "--snapshots"));

    /** What {@code --config FILE} of {@code arguments} names, or {@code LLMSIM_CONFIG}; nothing for other commands. */
    static ConfigFile of(List<String> arguments, Map<String, String> environment) {
        if (arguments.isEmpty() || !arguments.get(0).equals("serve")) {
            return NONE;
        }
        return named(arguments)
                .or(() -> Optional.ofNullable(environment.get("LLMSIM_CONFIG")))
                .map(file -> read(Path.of(file)))
                .orElse(NONE);
    }

    private static Optional<String> named(List<String> arguments) {
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith("--config=")) {
                return Optional.of(argument.substring("--config=".length()));
            }
            if ((argument.equals("--config") || argument.equals("-c")) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** @throws LlmSimException with {@code USAGE}, where the file cannot be read or is wrong */
    static ConfigFile read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        tree(file).properties().forEach(section -> {
            if (section.getValue().isObject()) {
                section.getValue().properties().forEach(entry -> {
                    String key = section.getKey() + "." + entry.getKey();
                    take(file, key, entry.getValue(), values, warnings);
                });
            } else {
                take(file, section.getKey(), section.getValue(), values, warnings);
            }
        });
        return new ConfigFile(Map.copyOf(values), List.copyOf(warnings));
    }

    private static void take(Path file, String key, JsonNode value, Map<String, String> values, List<String> warnings) {
        String option = OPTION_BY_KEY.get(key);
        if (option != null) {
            values.put(option, text(value));
        } else {
            warnings.add(file + ": " + key + " is unknown and ignored"
                    + Spelling.hint(key, List.copyOf(OPTION_BY_KEY.keySet())));
        }
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }

    private static JsonNode tree(Path file) {
        String name = file.toString();
        ObjectMapper mapper = name.endsWith(".yaml") || name.endsWith(".yml") ? new YAMLMapper() : new TomlMapper();
        try {
            return mapper.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw wrong(
                    Path.of(name + at), e.getOriginalMessage() + " (expected: valid TOML, or YAML in a .yaml file)");
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + e.getClass().getSimpleName() + " (expected: a configuration file)");
        }
    }

    private static LlmSimException wrong(Path file, String what) {
        return new LlmSimException(ErrorCode.USAGE, "--config: " + file + ": " + what);
    }
}
