package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.DataFile;
import java.util.List;

/** Says where a page will be when the first of a command's runs begins; one that is refused has none. */
public final class PageLine implements TrainingListener {

    private final Console console;
    private final String line;
    private boolean isSaid;

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
    public synchronized void begun(List<DataFile> data) {
        if (!isSaid) {
            isSaid = true;
            console.line(line);
        }
    }
}
