package io.github.sparkcnn.cli;

import io.github.sparkcnn.config.DataConfig.Format;
import picocli.CommandLine.Option;

/** The words {@code --data PATH [--format F]}. */
final class ImageOptions {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "A CSV, a folder of CSV parts, IDX, mnist.pkl.gz, or sample:test; as data.test.")
    private String path;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "auto",
            description = "auto, csv, idx or pickle. Default: ${DEFAULT-VALUE}.")
    private Format format;

    String path() {
        return path;
    }

    Format format() {
        return format;
    }
}
