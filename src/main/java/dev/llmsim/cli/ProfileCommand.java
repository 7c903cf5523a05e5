package dev.llmsim.cli;

import picocli.CommandLine.Command;

/** {@code llmsim profile}: latency profiles of one's own. */
@Command(
        name = "profile",
        description = "Learns latency profiles from recordings.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ProfileFitCommand.class)
final class ProfileCommand extends CommandGroup {}
