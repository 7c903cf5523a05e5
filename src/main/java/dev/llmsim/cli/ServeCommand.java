package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import dev.llmsim.synth.script.CheckedScript;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ScriptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim serve}: recordings where files are given, else the simulator; no socket leaves the process. */
@Command(
        name = "serve",
        description = {
            "Answers as the provider would, without key, cost or network. A script, where given, answers first, then",
            "cassette files.",
            "What is made up says so: x-llmsim-source: synthetic."
        },
        footer = {"", "Example:", "  llmsim serve --latency-profile instant --generator echo"})
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Parameters(paramLabel = "FILE|DIR", description = "Cassette files (NAME.llm.yaml) or folders of them.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration, TOML or YAML; variables and options override it.")
    void config(Path readByMain) {}

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Turns that requests are answered with, before anything else: a JSON file (docs/scripts.md).")
    private @Nullable Path script;

    @Option(names = "--tui", description = "Comes with the dashboard; says so.")
    private boolean tui;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Mixin
    private PaceOption pace = new PaceOption();

    @Mixin
    private FaultOption fault = new FaultOption();

    @Mixin
    private SimulatorOptions simulator = new SimulatorOptions();

    @Override
    public Integer call() {
        if (tui) {
            root.err()
                    .println(
                            "llmsim: warning: --tui: there is no view for the terminal yet, it comes with the dashboard"
                                    + " (until then: /llmsim/stats)");
        }
        LlmSimBuilder builder = gateway.builder(Mode.SIMULATE, root.environment())
                .pace(pace.pace())
                .faults(fault.faults())
                .files(files);
        cassette.chosen().ifPresent(builder::cassette);
        if (script != null) {
            builder.script(scriptIn(script));
        }
        return root.serve(simulator.configure(builder, root.err()), gateway.listen());
    }

    /** What has no effect is a warning here, as in the configuration. */
    private Script scriptIn(Path file) {
        CheckedScript checked = ScriptFile.check(file);
        Script read = checked.orThrow();
        checked.lines().forEach(line -> root.err().println("llmsim: warning: script: " + line));
        return read;
    }
}
