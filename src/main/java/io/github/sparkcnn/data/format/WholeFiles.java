package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.io.DigestedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** In a task: the images of files that it reads to their end, and behind them the files' sums. */
public final class WholeFiles implements Iterator<Reading> {
    private final Iterator<Reading> images;
    private final Deque<DigestedInput> files;

    private WholeFiles(Iterator<Reading> images, List<DigestedInput> files) {
        this.images = images;
        this.files = new ArrayDeque<>(files);
    }

    /**
     * Reads images, then what is left of the files; these are closed when the task ends, however it ends.
     *
     * @param images that are read from the files
     */
    public static Iterator<Reading> read(Iterator<Reading> images, DigestedInput... files) {
        closeWithTask(files);
        return new WholeFiles(images, List.of(files));
    }

    /** Closes streams when the task that runs ends. */
    public static void closeWithTask(AutoCloseable... streams) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> {
            for (AutoCloseable stream : streams) {
                close(stream);
            }
        });
    }

    private static void close(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close a file that was read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasNext() {
        return images.hasNext() || !files.isEmpty();
    }

    @Override
    public Reading next() {
        if (images.hasNext()) {
            return images.next();
        }
        DigestedInput file = files.poll();
        if (file == null) {
            throw new NoSuchElementException();
        }
        try {
            return new Reading.Checked(file.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
