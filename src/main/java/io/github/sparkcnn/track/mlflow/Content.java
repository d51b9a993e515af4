package io.github.sparkcnn.track.mlflow;

import io.github.sparkcnn.io.Storage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;

/** The content of an artifact, opened when it is sent. */
record Content(long bytes, Supplier<InputStream> stream) {

    static Content of(byte[] bytes) {
        return new Content(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    static Content of(Storage storage, FileStatus file) {
        return new Content(file.getLen(), () -> storage.open(file.getPath()));
    }
}
