package io.github.sparkcnn.eval;

import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** Leaves an evaluation as text, JSON and CSV in a folder of its own, whole or not at all. */
public final class EvaluationFolder {

    private static final int DIGITS = 4;
    private static final String TEXT = "report.txt";

    private final Storage storage;
    private final Path folder;

    public EvaluationFolder(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /** Refuses a folder that is there already, for nothing is overwritten, or that cannot be written. */
    public void requireNew() {
        new NamedOutput(storage, folder, "--output").requireNewFolder("the evaluation");
    }

    /** The report as text. */
    public Path text() {
        return new Path(folder, TEXT);
    }

    /** Writes {@code report.txt}, {@code report.json}, {@code report.csv} and {@code confusion.csv}. */
    public void write(EvaluationReport report) {
        storage.writeFolder(folder, unfinished -> {
            write(unfinished, TEXT, report.text(DIGITS));
            write(unfinished, "report.json", Json.page(report.toMap()));
            write(unfinished, "report.csv", report.csv());
            write(unfinished, "confusion.csv", report.confusion().csv(report.names()));
        });
    }

    private void write(Path unfinished, String name, String text) {
        storage.write(new Path(unfinished, name), text);
    }
}
