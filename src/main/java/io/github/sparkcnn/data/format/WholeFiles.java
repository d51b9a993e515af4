package io.github.sparkcnn.data.format;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.io.DigestedInput;
import io.github.sparkcnn.io.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
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

    /** Opens a file; it is closed when the task ends, however it ends. */
    public static DigestedInput open(Storage storage, Path file) {
        return closedWithTask(file, DigestedInput.open(storage, file));
    }

    /** Opens a file at a position, in the same way. */
    public static InputStream open(Storage storage, Path file, long position) {
        return closedWithTask(file, storage.open(file, position));
    }

    /**
     * Reads images, then what is left of the files.
     *
     * @param images that are read from the files
     */
    public static Iterator<Reading> read(Iterator<Reading> images, DigestedInput... files) {
        return new WholeFiles(images, List.of(files));
    }

    /** Has what was opened of a file closed when the task ends, however it ends. */
    public static <C extends Closeable> C closedWithTask(Path file, C opened) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> {
            try {
                opened.close();
            } catch (IOException e) {
                throw new FileException("close", Storage.display(file), e);
            }
        });
        return opened;
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
            throw new FileException("read", file, e);
        }
    }
}
