package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Md5;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The sample without files: {@code sample:train} and {@code sample:test}, drawn by the executors straight into packed blocks. */
public final class SampleImages {
    private static final String TRAIN = "sample:train";
    private static final String TEST = "sample:test";
    private static final int IMAGES_A_PARTITION = 1_000;

    private SampleImages() {}

    /** Which half of the sample a path means, if it means one. */
    public static Optional<Split> named(String path) {
        return switch (path) {
            case TRAIN -> Optional.of(Split.TRAIN);
            case TEST -> Optional.of(Split.TEST);
            default -> Optional.empty();
        };
    }

    /** One half of the sample. */
    public static ImageFiles of(JavaSparkContext spark, Split split, DataConfig.Sample sample) {
        return of(spark, split, split == Split.TRAIN ? sample.trainImages() : sample.testImages(), sample.seed());
    }

    /** So many images of one half. */
    public static ImageFiles of(JavaSparkContext spark, Split split, int images, long seed) {
        List<Integer> starts = IntStream.iterate(0, i -> i < images, i -> i + IMAGES_A_PARTITION)
                .boxed()
                .toList();
        JavaRDD<Reading> readings = spark.parallelize(starts, starts.size()).flatMap(new Draw(split, images, seed));
        return new ImageFiles("the generated sample", SampleGarments.SHAPE, readings, List.of(), Diagnosis.NONE);
    }

    /** In a task: the images from a start on, and their sum: of each image its label's byte and its pixels. */
    private static final class Draw implements FlatMapFunction<Integer, Reading> {
        private static final long serialVersionUID = 1L;
        private final Split split;
        private final int images;
        private final long seed;

        Draw(Split split, int images, long seed) {
            this.split = split;
            this.images = images;
            this.seed = seed;
        }

        @Override
        public Iterator<Reading> call(Integer start) {
            int end = Math.min(images, start + IMAGES_A_PARTITION);
            PackedImages drawn = SampleGarments.draw(split, start, end, seed);
            return List.<Reading>of(new Reading.Block(drawn), new Reading.Checked(sum(drawn)))
                    .iterator();
        }

        private DataFile sum(PackedImages drawn) {
            int size = drawn.shape().size();
            Md5 md5 = new Md5();
            for (int i = 0; i < drawn.size(); i++) {
                md5.add(new byte[] {(byte) drawn.label(i)});
                md5.add(drawn.pixels(), i * size, size);
            }
            return new DataFile(split == Split.TRAIN ? TRAIN : TEST, (long) drawn.size() * (1 + size), md5.hex());
        }
    }
}
