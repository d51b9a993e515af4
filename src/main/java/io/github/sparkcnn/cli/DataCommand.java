package io.github.sparkcnn.cli;

import picocli.CommandLine.Command;

/** {@code data sample|download|csv}: gets images into the layouts that {@code train} reads. */
@Command(
        name = "data",
        description = "Draws, downloads and converts images.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DataSampleCommand.class, DataDownloadCommand.class, DataCsvCommand.class})
final class DataCommand {}
