package dev.llmsim.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A profile as a TOML file: shares, and the waits in milliseconds that so many of all waits do not exceed. */
public final class ProfileText {
    private static final String VERSION = "profile/1";
    private static final TomlMapper TOML = new TomlMapper();

    private ProfileText() {}

    /** {@code fit} as text that {@link #parse} reads. */
    public static String write(ProfileFit fit) {
        LatencyProfile profile = fit.profile();
        return """
                # A latency profile, fitted to %d streams with %d gaps between tokens.
                # So large a share of all waits is not longer than the wait in the same place.
                llmsim = "%s"
                name = "%s"
                shares = %s
                ttft_ms = %s
                gap_ms = %s
                # Added to the TTFT for each token of the prompt that was not cached.
                per_prompt_token_ms = %s
                """.formatted(
                        fit.ttft().samples(),
                        fit.gap().samples(),
                        VERSION,
                        profile.name().replace("\\", "\\\\").replace("\"", "\\\""),
                        list(Quantiles.GRID),
                        list(((Quantiles) profile.ttft()).millis()),
                        list(((Quantiles) profile.gap()).millis()),
                        number(profile.perPromptTokenMillis()));
    }

    private static String list(List<Double> numbers) {
        return numbers.stream().map(ProfileText::number).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value).replaceAll("(\\.[0-9]+?)0+$", "$1");
    }

    /**
     * Reads a profile; {@code file} is for messages.
     *
     * @throws LlmSimException with {@code USAGE}, where {@code text} is none
     */
    public static LatencyProfile parse(String file, String text) {
        JsonNode tree;
        try {
            tree = TOML.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getOriginalMessage() + " (expected: valid TOML)");
        }
        if (!tree.path("llmsim").asText().equals(VERSION)) {
            throw wrong(
                    file,
                    "llmsim = \"" + tree.path("llmsim").asText() + "\" (expected: \"" + VERSION
                            + "\", as 'llmsim profile fit' writes it)");
        }
        try {
            List<Double> shares = numbers(tree, "shares");
            double perToken = tree.path("per_prompt_token_ms").asDouble();
            if (!(perToken >= 0 && perToken <= 1e6)) {
                throw new IllegalArgumentException(
                        "per_prompt_token_ms: " + perToken + " (expected: a number from 0 to 1e6)");
            }
            return new LatencyProfile(
                    tree.path("name").asText(file),
                    new Quantiles(shares, numbers(tree, "ttft_ms")),
                    new Quantiles(shares, numbers(tree, "gap_ms")),
                    perToken);
        } catch (IllegalArgumentException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private static List<Double> numbers(JsonNode tree, String key) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : tree.path(key)) {
            if (!number.isNumber()) {
                throw new IllegalArgumentException(key + ": " + number + " (expected: numbers)");
            }
            numbers.add(number.doubleValue());
        }
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException(key + ": missing (expected: a list of numbers)");
        }
        return numbers;
    }

    private static LlmSimException wrong(String file, String what) {
        return new LlmSimException(ErrorCode.USAGE, "latency profile " + file + ": " + what);
    }
}
