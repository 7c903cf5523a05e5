package dev.llmsim.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code llmsim script}: what is in script files. */
@Command(
        name = "script",
        description = "Checks scripts, the files that 'serve --script' plays.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ScriptCheckCommand.class)
final class ScriptCommand implements Runnable {
    @ParentCommand
    private Root root = new Root();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command (expected: check)");
    }

    Root root() {
        return root;
    }
}
