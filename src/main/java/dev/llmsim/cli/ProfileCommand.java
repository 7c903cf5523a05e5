package dev.llmsim.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code llmsim profile}: latency profiles of one's own. */
@Command(
        name = "profile",
        description = "Learns latency profiles from recordings.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ProfileFitCommand.class)
final class ProfileCommand implements Runnable {
    @ParentCommand
    private Root root = new Root();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command (expected: fit)");
    }

    Root root() {
        return root;
    }
}
