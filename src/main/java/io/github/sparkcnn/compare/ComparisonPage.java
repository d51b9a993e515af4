package io.github.sparkcnn.compare;

import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.track.report.LivePage;
import io.github.sparkcnn.track.report.Scaling;
import io.github.sparkcnn.track.report.SideBySide;
import io.github.sparkcnn.track.report.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * {@code compare.html}: the runs so far after each, until the whole comparison takes their place; one that fails says how far it came. A
 * run alone has none: its own page says it all.
 */
final class ComparisonPage implements AutoCloseable {

    static final String NAME = "compare.html";

    private final Storage storage;
    private final int all;
    private final LivePage page;
    private List<Path> runs = List.of();
    private List<Scaling> scalings = List.of();

    /** Of so many runs, of which none has ended. */
    ComparisonPage(Storage storage, Path folder, int all) {
        this.storage = storage;
        this.all = all;
        this.page = new LivePage(storage, new Path(folder, NAME));
    }

    /**
     * Another run has ended, and the next begins.
     *
     * @param soFar the comparison of these runs
     * @param next what the next is
     */
    void ended(List<Path> ended, Comparison soFar, String next) {
        if (all > 1) {
            runs = List.copyOf(ended);
            scalings = scalings(soFar.rows());
            show("The comparison goes on: " + done() + ", " + Status.asOfNow() + ". Now: " + next + ".");
        }
    }

    private void show(String text) {
        List<Path> shown = runs;
        List<Scaling> gained = scalings;
        Status running = Status.running(text, Status.RELOAD_SECONDS);
        page.show(() -> render(shown, gained, Optional.of(running)));
    }

    /** All runs have ended. */
    void finish(List<Path> ended, Comparison whole) {
        if (all > 1) {
            page.finish(render(ended, scalings(whole.rows()), Optional.empty()));
        }
    }

    /** Nothing more comes. */
    @Override
    public void close() {
        page.end(() -> render(
                runs,
                scalings,
                Optional.of(Status.over("The comparison has ended before it came to its end: " + done() + "."))));
    }

    private String done() {
        return runs.size() + " of " + all + " runs " + (runs.size() == 1 ? "is" : "are") + " done";
    }

    private String render(List<Path> shown, List<Scaling> gained, Optional<Status> status) {
        List<RecordedRun> read = shown.stream()
                .map(run -> RecordedRun.read(storage, run.toString()))
                .toList();
        return SideBySide.render(read, gained, status);
    }

    /** One for each strategy and kind of batch. */
    private static List<Scaling> scalings(List<Comparison.Row> rows) {
        Map<String, List<Scaling.Point>> kinds = new LinkedHashMap<>();
        for (Comparison.Row row : rows) {
            kinds.computeIfAbsent(row.strategy() + ", batch " + row.batch(), kind -> new ArrayList<>())
                    .add(new Scaling.Point(
                            row.workers(),
                            row.imagesPerSecond(),
                            row.speedUp(),
                            row.efficiency(),
                            row.predictedSpeedUp()));
        }
        return kinds.entrySet().stream()
                .map(kind -> new Scaling(kind.getKey(), kind.getValue()))
                .toList();
    }
}
