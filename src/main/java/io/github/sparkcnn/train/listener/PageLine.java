package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.DataFile;
import java.util.List;

/** Says where a run's page will be when it begins; one that is refused has none. */
public final class PageLine implements TrainingListener {

    private final Console console;
    private final String line;

    /**
     * Nothing is said yet.
     *
     * @param page as people open it
     */
    public PageLine(Console console, String what, String page) {
        this.console = console;
        this.line = "  " + what + ": " + page;
    }

    @Override
    public void begun(List<DataFile> data) {
        console.line(line);
    }
}
