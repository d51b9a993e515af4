package io.github.sparkcnn.config;

import java.util.List;
import java.util.Optional;

/**
 * The keys {@code data.*}: which images, and how they are read.
 *
 * @param holdout the training images that are evaluated on where there are no test images
 * @param trainImages how many of the training images are used; all where empty
 * @param resize the size that all images are scaled to; where empty, that of the training images
 * @param labels the classes' names in the order of their numbers
 */
public record DataConfig(
        String train,
        Optional<String> test,
        Optional<Holdout> holdout,
        Optional<Integer> trainImages,
        Format format,
        Malformed malformed,
        Normalization normalize,
        Optional<Size> resize,
        List<String> labels,
        Sample sample) {

    /** How the files are laid out. */
    public enum Format {
        AUTO,
        CSV,
        IDX,
        /** {@code mnist.pkl.gz}. */
        PICKLE
    }

    /** What becomes of a bad CSV row. */
    public enum Malformed {
        FAIL,
        DROP
    }

    /** How bytes become the network's input. */
    public enum Normalization {
        /** x / 255. */
        UNIT,
        /** (x / 255 − mean) / deviation, both over the training set. */
        STANDARD
    }

    /** A height and a width in pixels. */
    public record Size(int height, int width) {}

    /** The generated sample that {@code sample:train} and {@code sample:test} stand for. */
    public record Sample(int trainImages, int testImages, long seed) {}

    /** The same, with another training file. */
    public DataConfig withTrain(String path) {
        return new DataConfig(path, test, holdout, trainImages, format, malformed, normalize, resize, labels, sample);
    }

    /** The same, with another test file. */
    public DataConfig withTest(String path) {
        return new DataConfig(
                train, Optional.of(path), holdout, trainImages, format, malformed, normalize, resize, labels, sample);
    }

    /** Whether there are images to evaluate on after every epoch. */
    public boolean hasValidation() {
        return test.isPresent() || holdout.isPresent();
    }

    /** The number of classes. */
    public int classes() {
        return labels.size();
    }

    static DataConfig of(Keys keys) {
        List<String> labels = keys.strings("labels");
        keys.require(labels.size() >= 2 && labels.size() <= 256, "labels", labels, "the names of 2 to 256 classes");
        Optional<Integer> trainImages = keys.optionalInteger("train-images");
        trainImages.ifPresent(count -> keys.require(count >= 1, "train-images", count, "1 or more"));
        Optional<String> test = keys.optionalString("test");
        return new DataConfig(
                keys.string("train"),
                test,
                Holdout.of(keys, test.isPresent()),
                trainImages,
                keys.choice("format", Format.class),
                keys.choice("malformed", Malformed.class),
                keys.choice("normalize", Normalization.class),
                resize(keys),
                labels,
                sample(keys.under("sample")));
    }

    private static Optional<Size> resize(Keys keys) {
        Optional<List<Integer>> sides = keys.optionalIntegers("resize");
        sides.ifPresent(given -> keys.require(
                given.size() == 2 && given.stream().allMatch(side -> side >= 1 && side <= 1024),
                "resize",
                given,
                "null, or [HEIGHT, WIDTH] in pixels, e.g. [28, 28]"));
        return sides.map(given -> new Size(given.get(0), given.get(1)));
    }

    private static Sample sample(Keys keys) {
        int train = keys.integer("train-images");
        int test = keys.integer("test-images");
        keys.require(train > 0, "train-images", train, "1 or more");
        keys.require(test > 0, "test-images", test, "1 or more");
        return new Sample(train, test, keys.longInteger("seed"));
    }
}
