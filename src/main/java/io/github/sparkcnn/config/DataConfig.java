package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code data.*}: which images, and how they are read.
 *
 * @param holdout the training images that are evaluated on where there are no test images
 * @param trainImages how many of the training images are used; all where empty
 * @param format {@code auto} or the name of an image format, which the reader of the images finds
 * @param resize the size that all images are scaled to; where empty, that of the training images
 * @param labels the classes' names in the order of their numbers
 */
public record DataConfig(
        String train,
        Optional<String> test,
        Optional<Holdout> holdout,
        Optional<Integer> trainImages,
        String format,
        Malformed malformed,
        Normalization normalize,
        Optional<Size> resize,
        List<String> labels,
        Sample sample) {

    private static final Range CLASSES = Range.of(2, 256).saying("the names of 2 to 256 classes");

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
    public record Size(int height, int width) {

        private static final Range SIDE = Range.of(1, 1024);

        public Size {
            SIDE.require("height", height);
            SIDE.require("width", width);
        }
    }

    /** The generated sample that {@code sample:train} and {@code sample:test} stand for. */
    public record Sample(int trainImages, int testImages, long seed) {

        private static final Range IMAGES = Range.atLeast(1);

        public Sample {
            IMAGES.require("trainImages", trainImages);
            IMAGES.require("testImages", testImages);
        }
    }

    public DataConfig {
        labels = List.copyOf(labels);
        CLASSES.require("classes", labels.size());
        trainImages.ifPresent(count -> Range.atLeast(1).require("trainImages", count));
        if (test.isPresent() && holdout.isPresent()) {
            throw new IllegalArgumentException("test images and held-out ones are both set");
        }
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
        keys.require(CLASSES.contains(labels.size()), "labels", labels, CLASSES.words());
        Optional<String> test = keys.optionalString("test");
        return new DataConfig(
                keys.string("train"),
                test,
                Holdout.of(keys, test.isPresent()),
                keys.optionalWhole("train-images", 1),
                keys.string("format"),
                keys.choice("malformed", Malformed.class),
                keys.choice("normalize", Normalization.class),
                resize(keys),
                labels,
                sample(keys.under("sample")));
    }

    private static Optional<Size> resize(Keys keys) {
        Optional<List<Integer>> sides = keys.optionalWholes("resize");
        sides.ifPresent(given -> keys.require(
                given.size() == 2 && given.stream().allMatch(side -> Size.SIDE.contains(side)),
                "resize",
                given,
                wanted(given)));
        return sides.map(given -> new Size(given.get(0), given.get(1)));
    }

    private static String wanted(List<Integer> sides) {
        String pair = "null, or [HEIGHT, WIDTH] in pixels";
        boolean isTooLarge = sides.stream().anyMatch(side -> side > Size.SIDE.most());
        return (isTooLarge ? pair + " of at most " + (int) Size.SIDE.most() : pair) + ", e.g. [28, 28]";
    }

    private static Sample sample(Keys keys) {
        return new Sample(
                keys.whole("train-images", Sample.IMAGES),
                keys.whole("test-images", Sample.IMAGES),
                keys.longWhole("seed"));
    }
}
