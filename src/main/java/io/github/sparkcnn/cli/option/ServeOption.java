package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.report.PageServer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The words {@code --serve PORT}. */
public final class ServeOption {

    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--serve",
            paramLabel = "PORT",
            description =
                    "Shows the run's page at http://127.0.0.1:PORT/, to this machine alone, until the run has ended;"
                            + " 0 takes any free port. Default: it is not shown.")
    private Integer port;

    /**
     * Does the work and, if that is asked for, serves a page meanwhile.
     *
     * @param page where it is by now
     * @throws UserException before any of the work, where the port cannot be had
     */
    public <T> T during(Storage storage, Supplier<Optional<Path>> page, Console console, Supplier<T> work) {
        if (port == null) {
            return work.get();
        }
        try (PageServer server = start(storage, page)) {
            console.line("Page " + server.url() + " until the run has ended");
            return work.get();
        }
    }

    private PageServer start(Storage storage, Supplier<Optional<Path>> page) {
        String action = "serve the run's page on port " + port;
        if (port < 0 || port > LAST_PORT) {
            throw new UserException(
                    action, "it is no port", "Give --serve a number up to " + LAST_PORT + ", or 0 for any free port");
        }
        try {
            return PageServer.start(port, storage, page);
        } catch (IOException e) {
            throw new UserException(
                    action,
                    "it cannot be had (" + Visible.firstLine(e) + ")",
                    "Give --serve another one, or 0 for any free port");
        }
    }
}
