package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: sums up a file. */
final class SumFile implements Function<String, Reading> {
    private static final long serialVersionUID = 1L;
    private final SerializableConfiguration hadoop;

    SumFile(SerializableConfiguration hadoop) {
        this.hadoop = hadoop;
    }

    @Override
    public Reading call(String path) {
        return new Reading.Checked(DataFile.of(Storage.ofCluster(hadoop.value()), new Path(path)));
    }
}
