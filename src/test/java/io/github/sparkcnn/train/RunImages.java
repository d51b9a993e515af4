package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.strategy.DealtImages;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Images as a run itself deals them, and deals them again, for trainers that have no run around them. */
public final class RunImages implements AutoCloseable {

    private final TrainingImages images;
    private final Configuration configuration;

    private RunImages(TrainingImages images, Configuration configuration) {
        this.images = images;
        this.configuration = configuration;
    }

    public static RunImages of(SparkSession spark, Configuration configuration, int workers) {
        ImageReader reader = new ImageReader(
                spark, Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration()));
        ImageTable training = reader.read(ImageSource.train(configuration.data()));
        Optional<ImageTable> test =
                ImageSource.test(configuration.data()).map(source -> reader.read(source.beside(training.shape())));
        return new RunImages(TrainingImages.of(training, test, configuration, workers, 1), configuration);
    }

    public DealtImages dealt() {
        return images.dealt(configuration);
    }

    @Override
    public void close() {
        images.close();
    }
}
