package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How exactly paced streams keep their schedule: many at the same time, an event every 20 ms, begun at random moments. Each deviation
 * is between the arrival of an event and the moment that the schedule names, counted from when the client sent the request.
 */
final class Timing implements Family {
    private static final String CEILING = "ceiling, timed on the event loop";
    private static final String REPLAY = "replay, recorded pace";
    private static final String SERVE = "serve, own latency";
    private static final Duration SPREAD = Duration.ofMillis(400);
    private static final int PATIENCE_SECONDS = 60;

    private static final List<String> FIGURES = List.of("p50_ms", "p99_ms", "max_ms", "drift_ms", "cpu_us_per_event", "client_cpu_%");

    @Override
    public String name() {
        return "timing";
    }

    @Override
    public Table measure(Bed bed) throws IOException, InterruptedException {
        Path folder = bed.newFolder("timing");
        try (CassetteText cassette = CassetteText.in(folder, "timed")) {
            cassette.stream(Payloads.request(0, true), Payloads.events(Bed.EVENTS), Bed.GAP_MILLIS);
        }
        String gap = String.valueOf(Bed.GAP_MILLIS);
        Rounds rounds = new Rounds();
        try (Server ceiling = bed.ceiling();
                Server replay = bed.llmsim("replay", folder.toString(), "--strict", "--pace", "recorded");
                Server serve = bed.llmsim(
                        "serve",
                        "--ttft-mean-ms",
                        gap,
                        "--ttft-stddev-ms",
                        "0",
                        "--tbt-mean-ms",
                        gap,
                        "--tbt-stddev-ms",
                        "0",
                        "--target-tokens",
                        String.valueOf(2 * Bed.EVENTS))) {
            List<Contender> contenders = List.of(
                    new Contender(CEILING, ceiling, Ceiling.TIMED, "", 0),
                    new Contender(REPLAY, replay, "/openai" + Payloads.CHAT_PATH, "recorded", 0),
                    new Contender(SERVE, serve, "/openai" + Payloads.CHAT_PATH, "synthetic", 1));
            for (Contender contender : contenders) {
                round(bed, contender);
            }
            for (int i = 0; i < bed.size().rounds(); i++) {
                bed.say("timing, round " + (i + 1) + " of " + bed.size().rounds());
                for (Contender contender : contenders) {
                    rounds.add(contender.name(), round(bed, contender));
                }
            }
        }
        return table(bed, rounds);
    }

    /**
     * @param opening events that come with the first token before it, and in as many others after the last
     */
    private record Contender(String name, Server server, String path, String source, int opening) {
        /** Those of a simulated stream: its role, its tokens, its finish and its terminator. */
        int events() {
            return opening == 0 ? Bed.EVENTS : Bed.EVENTS + 3;
        }

        String body() {
            return opening == 0
                    ? Payloads.request(0, true)
                    : Payloads.request("", 2048, ",\"stream\":true,\"max_tokens\":" + Bed.EVENTS);
        }
    }

    private static Map<String, Double> round(Bed bed, Contender contender) throws InterruptedException {
        int count = bed.size().timedStreams();
        List<ByteBuf> one = Requests.posts(contender.path(), "", 1, number -> contender.body());
        List<ByteBuf> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(one.get(0));
        }
        StreamSet streams = new StreamSet(
                requests,
                new Expected(contender.source(), contender.events(), -1),
                SPREAD,
                bed.size().seed());
        long cpuMicros = contender.server().cpuMicros();
        long clientMicros = CpuClock.client().micros();
        long beginNanos = System.nanoTime();
        bed.client()
                .run(contender.server().address(), count, streams, Duration.ofSeconds(PATIENCE_SECONDS));
        cpuMicros = contender.server().cpuMicros() - cpuMicros;
        clientMicros = CpuClock.client().micros() - clientMicros;
        double clientPercent = clientMicros / ((System.nanoTime() - beginNanos) / 1e5);
        Map<String, Double> figures = figures(contender, streams.measured(contender.name()));
        figures.put("cpu_us_per_event", (double) cpuMicros / (count * Bed.EVENTS));
        figures.put("client_cpu_%", clientPercent);
        return figures;
    }

    private static Map<String, Double> figures(Contender contender, List<StreamSet.Stream> streams) {
        double[] deviations = new double[streams.size() * Bed.EVENTS];
        double[] drifts = new double[streams.size()];
        for (int i = 0; i < streams.size(); i++) {
            for (int event = 0; event < Bed.EVENTS; event++) {
                double due = Bed.GAP_MILLIS * (event + 1.0);
                deviations[i * Bed.EVENTS + event] =
                        streams.get(i).eventMillis(contender.opening() + event) - due;
            }
            drifts[i] = deviations[(i + 1) * Bed.EVENTS - 1] - deviations[i * Bed.EVENTS];
        }
        Samples all = Samples.of(deviations);
        return new HashMap<>(Map.of(
                "p50_ms", all.median(),
                "p99_ms", all.quantile(0.99),
                "max_ms", all.max(),
                "drift_ms", Samples.of(drifts).median()));
    }

    private static Table table(Bed bed, Rounds rounds) {
        List<Row> rows = new ArrayList<>();
        for (String name : List.of(CEILING, REPLAY, SERVE)) {
            Map<String, Double> figures = new HashMap<>();
            FIGURES.forEach(column -> figures.put(column, rounds.median(name, column)));
            figures.put("p99_ratio", rounds.ratio(name, CEILING, "p99_ms"));
            figures.put("cpu_ratio", rounds.ratio(name, CEILING, "cpu_us_per_event"));
            rows.add(new Row(name, figures));
        }
        List<String> columns = new ArrayList<>(FIGURES);
        columns.addAll(List.of("p99_ratio", "cpu_ratio"));
        return new Table(
                "timing",
                "Lateness of " + bed.size().timedStreams() + " paced streams of " + Bed.EVENTS + " events, one every "
                        + Bed.GAP_MILLIS + " ms (medians over rounds; ratios to the ceiling of the same round)",
                columns,
                rows);
    }
}
