package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** {@code llmsim replay}: recordings only; no socket leaves the process. */
@Command(
        name = "replay",
        description = {
            "Answers from recordings, offline. Reads cassette files, or the tape where none is given.",
            "A request that was not recorded is answered by the simulator, which says so, or with --strict (and where the",
            "simulator has no such endpoint) 424 with the nearest recording and what differs."
        },
        footer = {"", "Example:", "  llmsim replay cassettes/ --pace instant"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Root root = new Root();

    @Parameters(paramLabel = "FILE|DIR", description = "Cassette files (NAME.llm.yaml) or folders of them.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Mixin
    private PaceOption pace = new PaceOption();

    @Mixin
    private FaultOption fault = new FaultOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = "--strict",
            negatable = true,
            description = "A request that was not recorded is an error (424). The default where CI is set.")
    private @Nullable Boolean strict;

    @Override
    public Integer call() {
        LlmSimBuilder builder = gateway.builder(Mode.REPLAY, root.environment())
                .pace(pace.pace())
                .faults(fault.faults());
        seed.configure(builder);
        cassette.chosen().ifPresent(builder::cassette);
        builder.strict(strict == null ? isCi(root.environment()) : strict);
        if (files.isEmpty()) {
            builder.store(store.store);
        } else if (spec.commandLine().getParseResult().hasMatchedOption("--store")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "files and --store were both given (expected: either cassette files, or the tape to replay)");
        } else {
            builder.files(files);
        }
        return root.serve(builder, gateway.listen());
    }

    private static boolean isCi(Map<String, String> environment) {
        String ci = environment.getOrDefault("CI", "");
        return !ci.isEmpty() && !ci.equals("false") && !ci.equals("0");
    }
}
