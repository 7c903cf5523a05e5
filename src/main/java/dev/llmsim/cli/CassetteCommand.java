package dev.llmsim.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code llmsim cassette}: what is on the tape, and the way in and out of it. */
@Command(
        name = "cassette",
        description = "Lists, shows, checks, imports and exports recordings of a tape.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CassetteListCommand.class,
            CassetteShowCommand.class,
            CassetteCheckCommand.class,
            CassetteImportCommand.class,
            CassetteExportCommand.class
        })
final class CassetteCommand implements Runnable {
    @ParentCommand
    private Root root = new Root();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "no command (expected: one of list, show, check, import, export)");
    }

    Root root() {
        return root;
    }
}
