package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.cassette.redaction.Redactor;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code llmsim}: the command that the others hang on, and what they share. */
@Command(
        name = "llmsim",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        description = "Records, replays and simulates the HTTP traffic of LLM providers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            AutoCommand.class,
            PassthroughCommand.class,
            CassetteCommand.class,
            ScriptCommand.class,
            ProfileCommand.class,
            DemoCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Every option can be set by a variable: --max-request is LLMSIM_MAX_REQUEST. LLMSIM_UPSTREAM may hold several",
            "upstreams, parted by spaces or commas.",
            "Exit codes: docs/exit-codes.md"
        })
final class Root implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Prints the stack of an error.")
    private boolean verbose;

    private final Map<String, String> environment;

    Root() {
        this(Map.of());
    }

    Root(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "no command (expected: one of serve, record, replay, auto, passthrough, cassette, script, profile, demo)");
    }

    boolean isVerbose() {
        return verbose;
    }

    Map<String, String> environment() {
        return environment;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Starts the gateway, says that it is ready, and returns the exit code once it has been told to stop. */
    int serve(LlmSimBuilder builder, ListenOptions listen) {
        RequestLines lines = new RequestLines(err(), new Redactor(environment));
        if (!listen.quiet) {
            builder.onRequest(lines);
        }
        return new Serving(builder, listen.drain, lines, new Serving.Terminal(out(), err())).run();
    }
}
