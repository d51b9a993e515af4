package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.track.report.SideBySide;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report RUN RUN… --output FILE}. */
@Command(
        name = "report",
        description = "Writes a page with several training runs side by side: their curves, and what differs in"
                + " configuration, data and versions.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "The folders of two runs or more.")
    private List<String> runs;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The HTML page to write.")
    private String output;

    @Override
    public Integer call() {
        Storage storage = new SparkApplication("sparkcnn report").storage();
        if (runs.size() < 2) {
            throw new UserException(
                    "compare " + runs.get(0), "it is one run alone", "Name two runs or more, or open its report.html");
        }
        NamedOutput page = new NamedOutput(storage, storage.path(output), "--output");
        page.requireNewFile();
        List<RecordedRun> read =
                runs.stream().map(run -> RecordedRun.read(storage, run)).toList();
        page.write(out -> out.write(SideBySide.render(read).getBytes(UTF_8)));
        System.out.println("Report " + page.path());
        return 0;
    }
}
