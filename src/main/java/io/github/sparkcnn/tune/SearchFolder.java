package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Lease;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.track.report.LivePage;
import io.github.sparkcnn.track.report.SearchPage;
import io.github.sparkcnn.track.report.Status;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** What a search leaves in its folder, each file whole or not there. Its page shows it as far as it has come. */
final class SearchFolder implements AutoCloseable {

    private final Storage storage;
    private final Path folder;
    private final LivePage page;
    private volatile Search newest;

    SearchFolder(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
        this.page = new LivePage(storage, page());
    }

    void requireNew() {
        new NamedOutput(storage, folder, "--output").requireNewFolder("the search");
    }

    /** Refuses a folder with something in it that no search has left: what is there is somebody's. */
    void requireOwn() {
        new NamedOutput(storage, folder, "--output").requireWritable();
        if (storage.exists(folder)
                && !storage.exists(json())
                && !storage.list(folder).isEmpty()) {
            throw new UserException(
                    "resume " + folder,
                    "there is no tune.json in it, and it is not empty",
                    "Name the --output of a search, or a folder that is not there");
        }
    }

    /** Takes the folder for this process alone. */
    Lease take(Consumer<String> notice) {
        return Lease.take(storage, folder, notice);
    }

    Path path() {
        return folder;
    }

    /** Where a trial is trained. */
    Path trial(int number) {
        return new Path(folder, String.format(Locale.ROOT, "trial-%04d", number));
    }

    /** The best configuration's file. */
    Path best() {
        return new Path(folder, "best.conf");
    }

    Path table() {
        return new Path(folder, "tune.txt");
    }

    private Path json() {
        return new Path(folder, "tune.json");
    }

    Path page() {
        return new Path(folder, "tune.html");
    }

    /** Refuses a trial that was measured on other files than one before, of another day perhaps. */
    void requireSameData(Trial trial, Trial before) {
        List<DataFile> read = data(trial);
        List<DataFile> then = data(before);
        read.stream().filter(file -> !then.contains(file)).findFirst().ifPresent(file -> {
            throw new UserException(
                    "go on with the search in " + folder,
                    "trial " + trial.number() + " has read another " + file.path() + " than trial " + before.number(),
                    "Bring back the file, or begin a new search in another --output");
        });
    }

    private List<DataFile> data(Trial trial) {
        return RecordedRun.read(storage, trial(trial.number()).toString()).data();
    }

    /** All that says what the search has come to. */
    Path[] files() {
        return new Path[] {table(), json(), page(), best()};
    }

    /** Takes back what it has written, so that nothing is in the way of the next; trials that were refused have left nothing. */
    void discard() {
        List.of(json(), page(), table()).forEach(storage::delete);
    }

    /** The search that was begun here, if there was one. */
    Optional<Search> read() {
        if (!storage.exists(json())) {
            return Optional.empty();
        }
        try (InputStream in = storage.open(json())) {
            return Optional.of(Json.read(in.readAllBytes(), Search.class));
        } catch (IOException e) {
            throw new UserException(
                    "resume " + folder,
                    "its tune.json is damaged (" + Visible.firstLine(e) + ")",
                    "Bring back a whole copy of the file, or begin a new search in another --output");
        }
    }

    /** Writes all that there is to say of a search that goes on; {@code tune.json} last, from which it does that. */
    void write(Search search, SearchedExperiment experiment) {
        newest = search;
        storage.write(table(), search.text());
        String text = "The search goes on: " + come(search) + ", " + Status.asOfNow() + ".";
        Status running = Status.running(text, Status.RELOAD_SECONDS);
        page.show(() -> page(search, Optional.of(running)));
        search.bestTrial().ifPresent(trial -> storage.write(best(), best(search, trial, experiment)));
        storage.write(json(), Json.page(search));
    }

    /** The search has come to its end, and is written already: its page says so from now on. */
    void finish(Search search) {
        page.finish(page(search, Optional.empty()));
    }

    /** Nothing more comes: the page of a search that was broken off says how far it had come. */
    @Override
    public void close() {
        Search last = newest;
        page.end(() -> page(
                last,
                Optional.of(Status.over("The search has ended before it came to its end: " + come(last)
                        + ". The same command with --resume goes on with it."))));
    }

    private static String come(Search search) {
        int trials = search.trials().size();
        return trials + " of " + search.asked() + " trials " + (trials == 1 ? "has" : "have") + " come to something";
    }

    private String best(Search search, Trial trial, SearchedExperiment experiment) {
        return String.format(
                        Locale.ROOT,
                        "# Trial %d, the best of %d by %s: %.4f after %d epochs.%n",
                        trial.number(),
                        search.trials().size(),
                        search.by(),
                        trial.value(),
                        trial.epochs().size())
                + experiment.textWith(SearchSpace.settings(trial.settings()));
    }

    private String page(Search search, Optional<Status> status) {
        return new SearchPage(
                        "Trials of " + folder.getName(),
                        SearchText.note(search),
                        search.by().replace('-', ' '),
                        SearchText.head(search),
                        SearchText.rows(search),
                        search.ranked().stream()
                                .filter(trial -> !trial.epochs().isEmpty())
                                .map(trial -> new SearchPage.Curve("trial " + trial.number(), trial.epochs()))
                                .toList(),
                        SearchText.failures(search),
                        SearchText.values(search))
                .render(status);
    }
}
