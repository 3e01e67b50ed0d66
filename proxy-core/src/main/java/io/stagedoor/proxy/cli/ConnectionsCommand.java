package io.stagedoor.proxy.cli;

import picocli.CommandLine.Command;

/** {@code connections}: the credentials embedded in connections of Tableau content. */
@Command(
        name = "connections",
        description = "Embedded credentials of Tableau connections that the proxy keeps.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RotateCommand.class)
final class ConnectionsCommand {}
