package dev.llmsim.cli;

import picocli.CommandLine.Command;

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
final class CassetteCommand extends CommandGroup {}
