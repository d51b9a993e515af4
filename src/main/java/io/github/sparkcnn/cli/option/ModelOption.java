package io.github.sparkcnn.cli.option;

import picocli.CommandLine.Option;

/** The words {@code --model DIR}. */
public final class ModelOption {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A run's folder or the model folder in it.")
    private String folder;

    /** DIR. */
    public String folder() {
        return folder;
    }
}
