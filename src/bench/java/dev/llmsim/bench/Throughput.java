package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many answers a second one core gives when none of them waits: each contender in turn, closed loop, against the ceiling. */
final class Throughput implements Family {
    private static final String CEILING_JSON = "ceiling, 1 KB";
    private static final String CEILING_SSE = "ceiling, 100 events";
    private static final String CHAT = "/openai" + Payloads.CHAT_PATH;

    /** How many different requests take turns. */
    private static final int DIFFERENT = 256;

    private static final int STREAMED = 100;
    private static final int TOKENS = 100;
    private static final String TOKEN_LIMIT = ",\"max_tokens\":" + TOKENS;

    private static final List<String> FIGURES = List.of("per_second", "cpu_us", "p50_us", "p99_us", "rss_mb", "client_cpu_%");

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public Table measure(Bed bed) throws IOException, InterruptedException {
        Path folder = record(bed);
        Rounds rounds = new Rounds();
        List<Contender> contenders;
        try (Server ceiling = bed.ceiling();
                Server replay = bed.llmsim("replay", folder.toString(), "--strict", "--pace", "instant");
                Server serve = bed.llmsim("serve", "--latency-profile", "instant", "--target-tokens", "200")) {
            contenders = contenders(bed, ceiling, replay, serve);
            for (Contender contender : contenders) {
                round(bed, contender);
            }
            for (int i = 0; i < bed.size().rounds(); i++) {
                bed.say("throughput, round " + (i + 1) + " of " + bed.size().rounds());
                for (Contender contender : contenders) {
                    rounds.add(contender.name(), round(bed, contender));
                }
            }
        }
        return table(bed, contenders, rounds);
    }

    private static Path record(Bed bed) throws IOException {
        Path folder = bed.newFolder("throughput");
        try (CassetteText cassette = CassetteText.in(folder, "json")) {
            for (int i = 0; i < bed.size().recordings(); i++) {
                cassette.completion(Payloads.request(i, false), Payloads.completion());
            }
        }
        try (CassetteText cassette = CassetteText.in(folder, "sse")) {
            for (int i = 0; i < STREAMED; i++) {
                cassette.stream(Payloads.request(i, true), Payloads.events(Bed.EVENTS), Bed.GAP_MILLIS);
            }
        }
        return folder;
    }

    /** @param ceiling whose figures its own are divided by */
    private record Contender(
            String name, String ceiling, Server server, List<ByteBuf> requests, Expected expected) {}

    private static List<Contender> contenders(Bed bed, Server ceiling, Server replay, Server serve) {
        int different = Math.min(DIFFERENT, bed.size().recordings());
        int step = bed.size().recordings() / different;
        int streamed = Math.min(different, STREAMED);
        int jsonBytes = Payloads.completion().length();
        int sseBytes = String.join("", Payloads.events(Bed.EVENTS)).length();
        List<ByteBuf> made = Requests.posts(CHAT, "", different, i -> limited(i, ""));
        List<ByteBuf> inSession =
                Requests.posts(CHAT, "x-llmsim-session: bench\r\n", different, i -> limited(i, ""));
        return List.of(
                new Contender(
                        CEILING_JSON,
                        CEILING_JSON,
                        ceiling,
                        Requests.posts(Ceiling.JSON, "", different, i -> Payloads.request(i, false)),
                        new Expected("", 0, jsonBytes)),
                new Contender(
                        "replay, 1 KB, " + bed.size().recordings() + " recordings",
                        CEILING_JSON,
                        replay,
                        Requests.posts(CHAT, "", different, i -> Payloads.request(i * step, false)),
                        new Expected("recorded", 0, jsonBytes)),
                new Contender(
                        "serve, " + TOKENS + " tokens",
                        CEILING_JSON,
                        serve,
                        made,
                        new Expected("synthetic", 0, -1)),
                new Contender(
                        "serve, " + TOKENS + " tokens, in a session",
                        CEILING_JSON,
                        serve,
                        inSession,
                        new Expected("synthetic", 0, -1)),
                new Contender(
                        CEILING_SSE,
                        CEILING_SSE,
                        ceiling,
                        Requests.posts(Ceiling.SSE, "", streamed, i -> Payloads.request(i, true)),
                        new Expected("", Bed.EVENTS, sseBytes)),
                new Contender(
                        "replay, " + Bed.EVENTS + " events",
                        CEILING_SSE,
                        replay,
                        Requests.posts(CHAT, "", streamed, i -> Payloads.request(i, true)),
                        new Expected("recorded", Bed.EVENTS, sseBytes)),
                new Contender(
                        "serve, " + TOKENS + " tokens streamed",
                        CEILING_SSE,
                        serve,
                        Requests.posts(CHAT, "", streamed, i -> limited(i, ",\"stream\":true")),
                        new Expected("synthetic", TOKENS + 3, -1)));
    }

    private static String limited(int number, String more) {
        return Payloads.request("Question %06d. ".formatted(number), 2048, TOKEN_LIMIT + more);
    }

    private static Map<String, Double> round(Bed bed, Contender contender) throws InterruptedException {
        ClosedLoop load = new ClosedLoop(
                contender.requests(),
                contender.expected(),
                new ClosedLoop.Span(bed.size().before(), bed.size().window()),
                contender.server()::cpuMicros);
        bed.client().run(contender.server().address(), bed.size().connections(), load, load.limit());
        ClosedLoop.Measured measured = load.measured(contender.name());
        return Map.of(
                "per_second", measured.perSecond(),
                "cpu_us", measured.cpuMicros(),
                "p50_us", measured.latency().median(),
                "p99_us", measured.latency().quantile(0.99),
                "rss_mb", contender.server().residentMegabytes(),
                "client_cpu_%", measured.clientCpuPercent());
    }

    private static Table table(Bed bed, List<Contender> contenders, Rounds rounds) {
        List<Row> rows = new ArrayList<>();
        for (Contender contender : contenders) {
            Map<String, Double> figures = new HashMap<>();
            FIGURES.forEach(column -> figures.put(column, rounds.median(contender.name(), column)));
            figures.put("ratio", rounds.ratio(contender.name(), contender.ceiling(), "per_second"));
            figures.put("cpu_ratio", rounds.ratio(contender.name(), contender.ceiling(), "cpu_us"));
            rows.add(new Row(contender.name(), figures));
        }
        List<String> columns = new ArrayList<>(FIGURES);
        columns.addAll(List.of("ratio", "cpu_ratio"));
        return new Table(
                "throughput",
                "Answers a second, " + bed.size().connections()
                        + " connections, nothing waits (medians over rounds; ratios to the ceiling of the same round)",
                columns,
                rows);
    }
}
