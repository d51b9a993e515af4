package io.github.sparkcnn.data;

import io.github.sparkcnn.data.pickle.MnistPickle;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * {@code mnist.pkl.gz}, as the "What is torch.nn really?" tutorial reads it: {@link Split#TRAIN} is its first part, {@link
 * Split#TEST} its second, the validation images. One gzip stream, so one task reads it.
 */
final class PickleImages {

    private PickleImages() {}

    static ImageTable table(SparkSession spark, ImageSource source, FileStatus root) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        JavaRDD<Row> rows = context.parallelize(List.of(root.getPath().toString()), 1)
                .flatMap(new Read(new SerializableConfiguration(context.hadoopConfiguration()), source.split()));
        return new ImageTable(
                BadImages.display(root.getPath()),
                ImageTable.rows(spark, rows),
                ImageShape.MNIST,
                source.classes(),
                List.of(root.getPath()),
                ImageTable.Diagnosis.NONE);
    }

    /** In a task: the rows {@code (label, pixels)} of one part. */
    private static final class Read implements FlatMapFunction<String, Row> {
        private static final long serialVersionUID = 1L;
        private final SerializableConfiguration hadoop;
        private final Split split;

        Read(SerializableConfiguration hadoop, Split split) {
            this.hadoop = hadoop;
            this.split = split;
        }

        @Override
        public Iterator<Row> call(String file) {
            MnistPickle pickle = read(new Path(file));
            PackedImages part = split == Split.TRAIN ? pickle.train() : pickle.validation();
            int size = part.shape().size();
            return IntStream.range(0, part.size())
                    .mapToObj(i -> RowFactory.create(
                            part.label(i), Arrays.copyOfRange(part.pixels(), i * size, (i + 1) * size)))
                    .iterator();
        }

        private MnistPickle read(Path file) {
            try (InputStream in = Storage.ofCluster(hadoop.value()).open(file)) {
                return MnistPickle.read(in, BadImages.display(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
