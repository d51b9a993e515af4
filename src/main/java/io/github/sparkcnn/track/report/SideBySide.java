package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.track.Seconds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several runs on one page: what they came to, their curves in one chart each, and what differs between them. */
public final class SideBySide {

    private static final String NONE = "–";
    private static final int DIGITS = 12;

    private final List<RecordedRun> runs;
    private final List<String> names;

    private final List<Scaling> scalings;

    private SideBySide(List<RecordedRun> runs, List<Scaling> scalings) {
        this.runs = runs;
        this.scalings = scalings;
        this.names = names(runs);
    }

    /** The page, HTML and well-formed XML, to be written in UTF-8; of two runs or more. */
    public static String render(List<RecordedRun> runs) {
        return render(runs, List.of(), Optional.empty());
    }

    /**
     * The same of runs that differ by their workers, with what more workers gained.
     *
     * @param status of a comparison that has not come to its end, of which there may be one run
     */
    public static String render(List<RecordedRun> runs, List<Scaling> scalings, Optional<Status> status) {
        return new SideBySide(runs, scalings).page(status);
    }

    private String page(Optional<Status> status) {
        String title = runs.size() == 1 ? "1 run so far" : runs.size() + " runs side by side";
        List<String> sections = new ArrayList<>(List.of(Document.section("What they came to", results())));
        Scaling.section(scalings).ifPresent(sections::add);
        sections.add(Document.section(
                "Training",
                new RunCurves(names, runs.stream().map(RecordedRun::epochs).toList()).charts()));
        if (runs.size() > 1) {
            differences(sections);
        }
        return Document.of(title, String.join(", ", names), status, sections);
    }

    private void differences(List<String> sections) {
        sections.add(
                Document.section("What differs in the configuration", differences(RecordedRun::configuration, "keys")));
        sections.add(Document.section("What differs in the data", differences(SideBySide::files, "files")));
        sections.add(Document.section(
                "What differs in versions and workers", differences(RecordedRun::environment, "entries")));
    }

    private String results() {
        List<String> head = List.of(
                "run", "epochs", "best accuracy", "in epoch", "last training loss", "epochs' seconds", "images/s");
        return Tables.of(
                "What they came to",
                head,
                IntStream.range(0, runs.size())
                        .mapToObj(i -> result(names.get(i), runs.get(i).epochs()))
                        .toList());
    }

    private static List<String> result(String name, List<EpochMetrics> epochs) {
        EpochMetrics best = epochs.stream()
                .filter(epoch -> epoch.validationAccuracy() != null)
                .max(Comparator.comparing(EpochMetrics::validationAccuracy))
                .orElse(null);
        return List.of(
                name,
                String.valueOf(epochs.size()),
                best == null ? NONE : number("%.4f", best.validationAccuracy()),
                best == null ? NONE : String.valueOf(best.epoch()),
                number("%.4f", epochs.get(epochs.size() - 1).trainLoss()),
                Seconds.text(epochs.stream().mapToDouble(EpochMetrics::seconds).sum()),
                number(
                        "%,.0f",
                        epochs.stream()
                                .mapToDouble(EpochMetrics::imagesPerSecond)
                                .average()
                                .orElse(0)));
    }

    /** A row of each name whose values are not the same in all runs, and how many names have been left out. */
    private String differences(Function<RecordedRun, Map<String, String>> values, String what) {
        List<String> unknown = IntStream.range(0, runs.size())
                .filter(i -> values.apply(runs.get(i)).isEmpty())
                .mapToObj(names::get)
                .toList();
        if (!unknown.isEmpty()) { // a run that has not come to its end has no manifest
            return tag(
                    "p", text("Not known of " + String.join(", ", unknown) + ", whose " + what + " are not recorded."));
        }
        TreeSet<String> all = runs.stream()
                .map(values)
                .map(Map::keySet)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        List<List<String>> rows = new ArrayList<>();
        for (String name : all) {
            List<String> row = runs.stream()
                    .map(run -> values.apply(run).getOrDefault(name, NONE))
                    .toList();
            if (row.stream().distinct().count() > 1) {
                List<String> cells = new ArrayList<>(List.of(name));
                cells.addAll(row);
                rows.add(cells);
            }
        }
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(names);
        head.set(0, what);
        if (rows.isEmpty()) {
            return tag("p", text("Nothing: all " + all.size() + " " + what + " are the same."));
        }
        int others = all.size() - rows.size();
        return Tables.of("Differences: " + what, head, rows)
                + tag("p", text(others + (others == 1 ? " other is" : " others are") + " the same."));
    }

    /** A file is the same one by its bytes. */
    private static Map<String, String> files(RecordedRun run) {
        Map<String, String> files = new TreeMap<>();
        run.data().forEach(file -> files.put(file.path(), sum(file)));
        return files;
    }

    private static String sum(DataFile file) {
        String sum = Objects.toString(file.md5(), "");
        return number("%,d bytes, MD5 %s…", file.bytes(), sum.substring(0, Math.min(DIGITS, sum.length())));
    }

    /** The last part of a folder where that tells them apart. */
    private static List<String> names(List<RecordedRun> runs) {
        List<String> last = runs.stream()
                .map(run -> run.folder().replaceAll("/+$", "").replaceAll(".*/", ""))
                .toList();
        return last.stream().distinct().count() == runs.size()
                ? last
                : runs.stream().map(RecordedRun::folder).toList();
    }
}
