package io.github.sparkcnn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code data sample|download|csv|show}: gets images into the layouts that {@code train} reads. */
@Command(
        name = "data",
        description = "Draws, downloads, converts and shows data sets of images.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DataSampleCommand.class, DataDownloadCommand.class, DataCsvCommand.class, DataShowCommand.class})
final class DataCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
