package dev.llmsim.cli;

import picocli.CommandLine.Command;

/** {@code llmsim script}: what is in script files. */
@Command(
        name = "script",
        description = "Checks scripts, the files that 'serve --script' plays.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ScriptCheckCommand.class)
final class ScriptCommand extends CommandGroup {}
