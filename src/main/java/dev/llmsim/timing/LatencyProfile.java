package dev.llmsim.timing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * How fast a model answers.
 *
 * @param ttft time to first token, of a short prompt
 * @param gap time between two tokens (ITL)
 * @param perPromptTokenMillis what each token of the prompt adds to the TTFT
 */
public record LatencyProfile(String name, Waits ttft, Waits gap, double perPromptTokenMillis) {
    /** Everything at once. */
    public static final LatencyProfile INSTANT = new LatencyProfile("instant", Distribution.ZERO, Distribution.ZERO, 0);

    /** Ends the name of a profile whose waits have heavy tails and whose TTFT grows with the prompt. */
    public static final String HEAVY = "-heavy";

    /** A prompt of this many tokens doubles the TTFT of a heavy profile. */
    private static final double DOUBLING_TOKENS = 20_000;

    /** "reduce latency by up to 80%" (platform.openai.com "Prompt caching"). */
    private static final double CACHED_SAVING = 0.8;

    private static final double MICROS = 1_000;

    private static final List<Known> KNOWN = List.of(
            known("gpt-5", 600, 150, 40, 12, "gpt5"),
            known("gpt-5-mini", 300, 80, 20, 6, "gpt5-mini"),
            known("o-series", 2000, 500, 30, 10, "o3", "o4"),
            known("gpt-4", 800, 200, 50, 15, "gpt4"),
            known("gpt-4o", 400, 100, 25, 8, "gpt4o"),
            known("claude-opus", 1000, 250, 60, 20, "opus"),
            known("claude-sonnet", 500, 120, 30, 10, "sonnet"),
            known("claude-haiku", 200, 50, 15, 5, "haiku"),
            known("gemini-pro", 600, 150, 35, 10, "gemini"),
            known("gemini-flash", 200, 50, 15, 5),
            known("deepseek", 500, 120, 30, 10, "deepseek-chat"),
            known("deepseek-reasoner", 1500, 400, 25, 8),
            known("fast", 10, 2, 1, 0),
            new Known(INSTANT, List.of("instant")));

    /** The first that fits a model's id names its profile. */
    private static final List<Rule> BY_MODEL = List.of(
            new Rule("gpt-5-mini", contains("gpt-5-mini")),
            new Rule("gpt-5", contains("gpt-5")),
            new Rule("o-series", id -> id.startsWith("o1") || id.startsWith("o3") || id.startsWith("o4")),
            new Rule("gpt-4o", contains("gpt-4o")),
            new Rule("gpt-4", contains("gpt-4")),
            new Rule("opus", contains("opus")),
            new Rule("sonnet", contains("sonnet")),
            new Rule("haiku", contains("haiku")),
            new Rule("gemini-flash", id -> id.contains("gemini") && id.contains("flash")),
            new Rule("gemini-pro", contains("gemini")),
            new Rule("deepseek-reasoner", contains("deepseek-r")),
            new Rule("deepseek", contains("deepseek")));

    private record Known(LatencyProfile profile, List<String> names) {}

    private record Rule(String profile, Predicate<String> fits) {}

    /** Own numbers, normally distributed, in milliseconds. */
    public static LatencyProfile ofMillis(double ttftMean, double ttftDeviation, double gapMean, double gapDeviation) {
        return new LatencyProfile(
                "own",
                new Distribution(Distribution.Shape.NORMAL, ttftMean, ttftDeviation),
                new Distribution(Distribution.Shape.NORMAL, gapMean, gapDeviation),
                0);
    }

    /** The profile of this name, whatever its case; {@code NAME-heavy} is the one with heavy tails. */
    public static Optional<LatencyProfile> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(HEAVY)) {
            return byName(lower.substring(0, lower.length() - HEAVY.length())).map(LatencyProfile::heavy);
        }
        return KNOWN.stream()
                .filter(known -> known.names().contains(lower))
                .map(Known::profile)
                .findFirst();
    }

    /** All names, for messages. */
    public static List<String> names() {
        return KNOWN.stream().map(known -> known.profile().name()).toList();
    }

    /** The profile of a model that is known by {@code modelId}; that of gpt-5 for ids that say nothing. */
    public static LatencyProfile ofModel(String modelId) {
        String lower = modelId.toLowerCase(Locale.ROOT);
        String name = BY_MODEL.stream()
                .filter(rule -> rule.fits().test(lower))
                .map(Rule::profile)
                .findFirst()
                .orElse("gpt-5");
        return byName(name).orElseThrow();
    }

    /** The microseconds to the first token of an answer to {@code promptTokens}, none of them cached. */
    public long ttftMicros(int promptTokens, RandomGenerator random) {
        return ttftMicros(promptTokens, 0, random);
    }

    /**
     * The same for a prompt of which {@code cachedTokens} need not be read again. Where the TTFT does not grow with the prompt, a
     * prompt that was cached whole takes {@link #CACHED_SAVING} of it away.
     */
    public long ttftMicros(int promptTokens, int cachedTokens, RandomGenerator random) {
        double reading = (promptTokens - cachedTokens) * perPromptTokenMillis;
        double share = perPromptTokenMillis > 0 || promptTokens == 0 ? 0 : (double) cachedTokens / promptTokens;
        return Math.round((ttft.sample(random) * (1 - CACHED_SAVING * share) + reading) * MICROS);
    }

    /** The microseconds from one token to the next. */
    public long gapMicros(RandomGenerator random) {
        return Math.round(gap.sample(random) * MICROS);
    }

    private LatencyProfile heavy() {
        return new LatencyProfile(name + HEAVY, ttft.heavy(), gap.heavy(), ttft.meanMillis() / DOUBLING_TOKENS);
    }

    private static Predicate<String> contains(String part) {
        return id -> id.contains(part);
    }

    private static Known known(
            String name, double ttftMean, double ttftDeviation, double gapMean, double gapDeviation, String... others) {
        LatencyProfile numbers = ofMillis(ttftMean, ttftDeviation, gapMean, gapDeviation);
        List<String> names = new java.util.ArrayList<>(List.of(others));
        names.add(name);
        return new Known(new LatencyProfile(name, numbers.ttft(), numbers.gap(), 0), List.copyOf(names));
    }
}
