package io.github.sparkcnn.data.format;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.DigestedInput;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: reads a whole file, its images and its sum. */
final class ReadFile implements FlatMapFunction<String, Reading> {
    private static final long serialVersionUID = 1L;
    private final SerializableConfiguration hadoop;
    private final ImageShape shape;
    private final FileReader reader;

    ReadFile(SerializableConfiguration hadoop, ImageShape shape, FileReader reader) {
        this.hadoop = hadoop;
        this.shape = shape;
        this.reader = reader;
    }

    @Override
    public Iterator<Reading> call(String path) {
        Path file = new Path(path);
        DigestedInput in = WholeFiles.open(Storage.ofCluster(hadoop.value()), file);
        try {
            return WholeFiles.read(new Packing(shape, reader.read(in, Storage.display(file))), in);
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }
}
