package dev.llmsim.cli;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Observation;
import dev.llmsim.store.Tape;
import dev.llmsim.timing.ProfileFit;
import dev.llmsim.timing.ProfileText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code llmsim profile fit}. */
@Command(
        name = "fit",
        description = {
            "Learns how fast a service is from streamed recordings, and says how close the profile comes to them.",
            "The profile goes to --out or standard output; --pace profile=FILE and --latency-profile FILE take it."
        },
        footer = {"", "Example:", "  llmsim profile fit cassettes/ --model gpt-4o --out mine.toml"})
final class ProfileFitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private ProfileCommand parent = new ProfileCommand();

    @Parameters(paramLabel = "FILE|DIR", description = "Cassette files or folders of them (default: the tape).")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Option(names = "--model", paramLabel = "TEXT", description = "Only models whose id contains this (default: all).")
    private String model = "";

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: standard output).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Observation seen = Observation.of(files.isEmpty() ? onTape() : inFiles(), model);
        PrintWriter err = parent.root().err();
        if (seen.modelled() > 0) {
            err.println("llmsim: " + seen.modelled() + " recordings are left out: their times were not measured");
        }
        if (seen.others() > 0) {
            err.println("llmsim: " + seen.others() + " recordings are left out: not streamed, without text, or errors");
        }
        ProfileFit fit = ProfileFit.of(out == null ? "fitted" : name(out), seen.streams());
        report(fit, err);
        if (out == null) {
            parent.root().out().print(ProfileText.write(fit));
            parent.root().out().flush();
        } else {
            write(out, ProfileText.write(fit));
            err.println("written: " + out);
        }
        return 0;
    }

    private List<Recording> inFiles() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--store")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "files and --store were both given (expected: either cassette files, or the tape)");
        }
        return files.stream()
                .flatMap(file -> CassetteFiles.read(file).stream())
                .filter(one -> cassette.chosen().map(one.name()::equals).orElse(true))
                .map(Cassette::recordings)
                .flatMap(List::stream)
                .toList();
    }

    private List<Recording> onTape() {
        try (Tape tape = store.openToRead()) {
            return cassette.of(tape).stream()
                    .flatMap(name -> tape.recordings(name).stream())
                    .toList();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "--out " + file + ": cannot be written: " + e.getClass().getSimpleName()
                            + " (expected: a file in a folder that is there)",
                    e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.toml$", "");
    }

    private static void report(ProfileFit fit, PrintWriter err) {
        err.printf("%-14s %8s %10s %10s %10s%n", "", "samples", "p50 ms", "p90 ms", "p99 ms");
        rows("ttft", fit.ttft(), err);
        rows("gap", fit.gap(), err);
        err.printf(
                Locale.ROOT,
                "ttft grows by %.4f ms with each token of the prompt%n",
                fit.profile().perPromptTokenMillis());
        distance("ttft", fit.ttft(), err);
        distance("gap", fit.gap(), err);
    }

    private static void rows(String what, ProfileFit.Compared compared, PrintWriter err) {
        row(what + " recorded", compared.samples(), compared.recorded(), err);
        row(what + " profile", compared.samples(), compared.profile(), err);
    }

    private static void row(String what, int samples, ProfileFit.Row row, PrintWriter err) {
        err.printf(Locale.ROOT, "%-14s %8d %10.1f %10.1f %10.1f%n", what, samples, row.p50(), row.p90(), row.p99());
    }

    private static void distance(String what, ProfileFit.Compared compared, PrintWriter err) {
        err.printf(
                Locale.ROOT,
                "%s: KS distance %.3f from the recordings, which may be %.3f from the service (95 %%)%n",
                what,
                compared.distance(),
                compared.samplingError());
    }
}
