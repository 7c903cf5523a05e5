package dev.llmsim.bench;

import dev.llmsim.timing.LatencyProfile;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether clients see the waits of the latency profile that was asked for: many streams in real time, their TTFTs and gaps. */
final class Profiles implements Family {
    private static final int TOKENS = 60;

    /** The events of a stream: its role, its tokens, its finish and its terminator. */
    private static final int EVENTS = TOKENS + 3;

    private static final int PATIENCE_SECONDS = 240;
    private static final int BRIEF_BYTES = 600;

    /** About 4,000 tokens. */
    private static final int LONG_BYTES = 18_000;

    private static final String CHAT = "/openai" + Payloads.CHAT_PATH;
    private static final Pattern PROMPT_TOKENS = Pattern.compile("\"prompt_tokens\":(\\d+)");

    private static final List<String> COLUMNS = List.of(
            "samples",
            "mean_asked_ms",
            "mean_ms",
            "p50_asked_ms",
            "p50_ms",
            "p90_asked_ms",
            "p90_ms",
            "p99_asked_ms",
            "p99_ms",
            "ks",
            "ks_1%",
            "merged_%");

    private static final List<Wish> WISHES = List.of(
            Wish.named("gpt-5"),
            Wish.named("gpt-4o"),
            Wish.named("claude-sonnet"),
            Wish.named("claude-haiku"),
            Wish.named("gemini-flash"),
            Wish.named("gpt-4o-heavy"),
            new Wish("gpt-4o-heavy, long prompt", profile("gpt-4o-heavy"), byName("gpt-4o-heavy"), LONG_BYTES),
            new Wish(
                    "own: 150/40, 12/3",
                    LatencyProfile.ofMillis(150, 40, 12, 3),
                    List.of(
                            "--ttft-mean-ms",
                            "150",
                            "--ttft-stddev-ms",
                            "40",
                            "--tbt-mean-ms",
                            "12",
                            "--tbt-stddev-ms",
                            "3"),
                    BRIEF_BYTES));

    /**
     * A profile and how to ask for it.
     *
     * @param promptBytes how long the requests are
     */
    private record Wish(String name, LatencyProfile profile, List<String> options, int promptBytes) {
        /** Each profile has draws of its own: what chance does to one it does not do to all. */
        int seed(Bed bed) {
            return Objects.hash(bed.size().seed(), name);
        }

        boolean isOneOfMany() {
            return options.equals(byName(name)) && !name.equals("gemini-flash");
        }

        static Wish named(String name) {
            return new Wish(name, Profiles.profile(name), byName(name), BRIEF_BYTES);
        }
    }

    @Override
    public String name() {
        return "profiles";
    }

    @Override
    public Table measure(Bed bed) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Wish wish : WISHES) {
            if (bed.size().everyProfile() || !wish.isOneOfMany()) {
                bed.say("profiles: " + wish.name());
                rows.addAll(measure(bed, wish));
            }
        }
        return new Table(
                "profiles",
                "Waits that clients saw against those of the profile asked for (" + bed.size().profileStreams()
                        + " streams of " + TOKENS + " tokens, " + bed.size().profileConnections() + " at a time; ks: Kolmogorov-Smirnov distance,"
                        + " which chance alone brings above ks_1% once in a hundred times)",
                COLUMNS,
                rows);
    }

    private static List<Row> measure(Bed bed, Wish wish) throws IOException, InterruptedException {
        int count = bed.size().profileStreams();
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--target-tokens",
                String.valueOf(3 * TOKENS),
                "--non-streaming",
                "ttft",
                "--seed",
                String.valueOf(wish.seed(bed))));
        arguments.addAll(wish.options());
        try (Server server = bed.llmsim(arguments.toArray(String[]::new))) {
            int promptTokens = promptTokens(server, body(wish, count, ""));
            run(bed, wish, server, new Cases(count + 1, bed.size().profileConnections()));
            return rows(wish, run(bed, wish, server, new Cases(0, count)), promptTokens);
        }
    }

    /** Requests by their numbers, from {@code first} on. */
    private record Cases(int first, int count) {}

    /** The streams begin spread over the time that one takes, so that the load is steady. */
    private static List<StreamSet.Stream> run(Bed bed, Wish wish, Server server, Cases cases)
            throws InterruptedException {
        LatencyProfile profile = wish.profile();
        double streamMillis = profile.ttft().meanMillis() + TOKENS * profile.gap().meanMillis();
        List<ByteBuf> requests =
                Requests.posts(CHAT, "", cases.count(), i -> body(wish, cases.first() + i, ",\"stream\":true"));
        StreamSet streams = new StreamSet(
                requests,
                new Expected("synthetic", EVENTS, -1),
                Duration.ofMillis(Math.round(streamMillis)),
                bed.size().seed());
        int connections = bed.size().profileConnections();
        bed.client().run(server.address(), connections, streams, Duration.ofSeconds(PATIENCE_SECONDS));
        return streams.measured(wish.name());
    }

    /** No two requests begin alike, so that the simulated prompt cache gives none of them a discount. */
    private static String body(Wish wish, int number, String more) {
        return Payloads.request(
                "Case %06d. ".formatted(number), wish.promptBytes(), ",\"max_tokens\":" + TOKENS + more);
    }

    /** How many tokens a prompt has by the program's own count; it also warms the program up. */
    private static int promptTokens(Server server, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + CHAT);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .header("authorization", "Bearer sk-bench")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher matcher = PROMPT_TOKENS.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("usage: none in " + answer + " (expected: prompt_tokens)");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static List<Row> rows(Wish wish, List<StreamSet.Stream> streams, int promptTokens) {
        double[] ttfts = new double[streams.size()];
        double[] gaps = new double[streams.size() * (TOKENS - 1)];
        int merged = 0;
        for (int i = 0; i < streams.size(); i++) {
            StreamSet.Stream stream = streams.get(i);
            ttfts[i] = stream.eventMillis(1);
            for (int token = 1; token < TOKENS; token++) {
                double gap = stream.eventMillis(token + 1) - stream.eventMillis(token);
                gaps[i * (TOKENS - 1) + token - 1] = gap;
                merged += gap == 0 ? 1 : 0;
            }
        }
        LatencyProfile profile = wish.profile();
        double shift = promptTokens * profile.perPromptTokenMillis();
        Map<String, Double> gapFigures = figures(new Asked(profile.gap(), 0), Samples.of(gaps));
        gapFigures.put("merged_%", 100.0 * merged / gaps.length);
        return List.of(
                new Row(wish.name() + ": TTFT", figures(new Asked(profile.ttft(), shift), Samples.of(ttfts))),
                new Row(wish.name() + ": gap", gapFigures));
    }

    private static Map<String, Double> figures(Asked asked, Samples measured) {
        Map<String, Double> figures = new HashMap<>();
        figures.put("samples", (double) measured.count());
        figures.put("mean_asked_ms", asked.mean());
        figures.put("mean_ms", measured.mean());
        for (int percent : List.of(50, 90, 99)) {
            figures.put("p" + percent + "_asked_ms", asked.quantile(percent / 100.0));
            figures.put("p" + percent + "_ms", measured.quantile(percent / 100.0));
        }
        figures.put("ks", measured.distance(asked));
        figures.put("ks_1%", measured.criticalDistance());
        return figures;
    }

    private static LatencyProfile profile(String name) {
        return LatencyProfile.byName(name).orElseThrow();
    }

    private static List<String> byName(String name) {
        return List.of("--latency-profile", name);
    }
}
