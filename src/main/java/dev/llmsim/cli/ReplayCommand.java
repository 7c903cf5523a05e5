package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            "A request that was not recorded is answered 424 with the nearest recording and what differs."
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

    /** Taken so that scripts can say it today: every replay is strict while nothing can be synthesized. */
    @Option(names = "--strict", description = "A request that was not recorded is an error (424), as it always is.")
    void strict(boolean always) {}

    @Override
    public Integer call() {
        LlmSimBuilder builder = gateway.builder(Mode.REPLAY, root.environment()).pace(pace.pace());
        cassette.chosen().ifPresent(builder::cassette);
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
}
