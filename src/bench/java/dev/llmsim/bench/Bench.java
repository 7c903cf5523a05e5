package dev.llmsim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/bench}: measures the packaged program, prints tables of medians and ratios, and writes them as JSON. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures llmsim against the ceiling of its own stack, in one run (docs/benchmarks.md).")
final class Bench implements Callable<Integer> {
    private static final List<Family> FAMILIES = List.of(new Profiles(), new Timing(), new Throughput());

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "Everything once, in seconds: it shows that all runs, not how fast.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Families to measure: profiles, timing, throughput (default: all).")
    private List<String> only = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--recordings",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many recordings 'replay' has to choose from (${DEFAULT-VALUE}).")
    private int recordings = 10_000;

    @Option(
            names = "--profile-streams",
            paramLabel = "N",
            defaultValue = "40",
            description = "How many streams of a profile go on at the same time (${DEFAULT-VALUE}).")
    private int profileStreams = 40;

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn (default: always the same).")
    private long seed = Size.SEED;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The checkout whose bin/llmsim is measured (default: this folder).")
    private Path home = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the figures go as JSON (default: target/bench.json of the checkout).")
    private @Nullable Path out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Family> chosen = chosen();
        Cores cores = Cores.pin();
        Sockets sockets = Sockets.best();
        Path root = home.toAbsolutePath().normalize();
        Size size = quick ? Size.quick(seed) : Size.full(rounds, recordings, profileStreams, seed);
        Map<String, String> environment = Machine.describe(root, cores, sockets);
        Path folder = Files.createTempDirectory("llmsim-bench");
        List<Table> tables = new ArrayList<>();
        CommandLine line = command().commandLine();
        try (LoadClient client = new LoadClient(sockets)) {
            Bed bed = new Bed(size, root, folder, cores, client, line.getErr());
            for (Family family : chosen) {
                tables.add(family.measure(bed));
            }
        } finally {
            delete(folder);
        }
        environment.put("load_at_end", "%.2f".formatted(Machine.load()));
        Report report = new Report(environment, tables);
        Path file = out == null ? root.resolve("target").resolve("bench.json") : out;
        report.write(file);
        line.getOut().println(report.text());
        line.getOut().println("written: " + file);
        line.getOut().flush();
        return 0;
    }

    private List<Family> chosen() {
        List<String> names = FAMILIES.stream().map(Family::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new CommandLine.ParameterException(
                        command().commandLine(), "--only: " + name + " (expected: " + String.join(", ", names) + ")");
            }
        }
        if (rounds < 1 || recordings < 1 || profileStreams < 1) {
            throw new CommandLine.ParameterException(
                    command().commandLine(),
                    "--rounds: " + rounds + ", --recordings: " + recordings + ", --profile-streams: " + profileStreams
                            + " (expected: 1 at least)");
        }
        return FAMILIES.stream()
                .filter(family -> only.isEmpty() || only.contains(family.name()))
                .toList();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("spec: none (expected: picocli has set it)");
        }
        return spec;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
