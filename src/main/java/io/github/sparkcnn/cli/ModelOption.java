package io.github.sparkcnn.cli;

import picocli.CommandLine.Option;

/** The words {@code --model DIR}. */
final class ModelOption {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A run's folder or the model folder in it.")
    private String folder;

    String folder() {
        return folder;
    }
}
