package io.github.sparkcnn.config;

import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
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
 * @param layout of the images in files that do not tell it, such as CSV; where empty, grey and square
 * @param resize the size that all images are brought to; where empty, that of the training images
 * @param labels the classes; where empty, those of the training images
 */
public record DataConfig(
        String train,
        Optional<String> test,
        Optional<Holdout> holdout,
        Optional<Integer> trainImages,
        String format,
        Malformed malformed,
        Normalization normalize,
        Optional<PixelLayout> layout,
        Optional<Resizing> resize,
        Optional<Classes> labels,
        Columns columns,
        Sample sample) {

    private static final String FOUND = "auto";
    private static final Range CLASSES = Range.atLeast(2).saying("auto, or the names of 2 or more classes");
    private static final Range SIDE = Range.of(1, 1024);

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

    /**
     * The columns of a table.
     *
     * @param image one, or many with a number each; found by their types where there are none
     * @param label found by its name where there is none
     * @param keep that predictions keep beside the image; all where empty
     */
    public record Columns(List<String> image, Optional<String> label, Optional<List<String>> keep) {

        /** All of them found. */
        public static final Columns FOUND = new Columns(List.of(), Optional.empty(), Optional.empty());

        public Columns {
            image = List.copyOf(image);
            keep = keep.map(List::copyOf);
        }

        static Columns of(Keys keys) {
            Columns columns = new Columns(
                    keys.is(ConfigValueType.STRING, "image")
                            ? List.of(keys.string("image"))
                            : keys.optionalStrings("image").orElse(List.of()),
                    keys.optionalString("label"),
                    keys.optionalStrings("keep"));
            keys.refuseUnknown();
            return columns;
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
        labels.ifPresent(classes -> CLASSES.require("classes", classes.size()));
        resize.ifPresent(size -> {
            SIDE.require("height", size.height());
            SIDE.require("width", size.width());
        });
        trainImages.ifPresent(count -> Range.atLeast(1).require("trainImages", count));
        if (test.isPresent() && holdout.isPresent()) {
            throw new IllegalArgumentException("test images and held-out ones are both set");
        }
    }

    /** Whether there are images to evaluate on after every epoch. */
    public boolean hasValidation() {
        return test.isPresent() || holdout.isPresent();
    }

    static DataConfig of(Keys keys) {
        Optional<String> test = keys.optionalString("test");
        return new DataConfig(
                keys.string("train"),
                test,
                Holdout.of(keys, test.isPresent()),
                keys.optionalWhole("train-images", 1),
                keys.string("format"),
                keys.choice("malformed", Malformed.class),
                keys.choice("normalize", Normalization.class),
                layout(keys),
                resize(keys),
                labels(keys),
                Columns.of(keys.under("columns")),
                sample(keys.under("sample")));
    }

    private static Optional<Classes> labels(Keys keys) {
        if (keys.is(ConfigValueType.STRING, "labels") && keys.string("labels").equals(FOUND)) {
            return Optional.empty();
        }
        Classes classes = keys.is(ConfigValueType.OBJECT, "labels")
                ? Classes.ofNames(keys.texts("labels"))
                : Classes.named(keys.strings("labels"));
        keys.require(CLASSES.contains(classes.size()), "labels", classes.names(), CLASSES.words());
        return Optional.of(classes);
    }

    private static Optional<PixelLayout> layout(Keys keys) {
        Optional<List<Integer>> sides = keys.optionalWholes("shape");
        sides.ifPresent(given -> keys.require(
                PixelLayout.isShape(given),
                "shape",
                given,
                "null, [CHANNELS, HEIGHT, WIDTH] or [HEIGHT, WIDTH, CHANNELS] with 1 or 3 channels, e.g. [3, 32, 32]"));
        Optional<PixelLayout> layout = sides.map(PixelLayout::of);
        layout.ifPresent(given -> keys.require(
                given.shape().isInput(),
                "shape",
                sides.get(),
                "that of images with at most " + ImageShape.MOST_VALUES + " values"));
        return layout;
    }

    private static Optional<Resizing> resize(Keys keys) {
        Resizing.Mode mode = keys.choice("resize-mode", Resizing.Mode.class);
        Optional<List<Integer>> sides = keys.optionalWholes("resize");
        sides.ifPresent(given -> keys.require(
                given.size() == 2 && given.stream().allMatch(side -> SIDE.contains(side)),
                "resize",
                given,
                wanted(given)));
        return sides.map(given -> new Resizing(given.get(0), given.get(1), mode));
    }

    private static String wanted(List<Integer> sides) {
        String pair = "null, or [HEIGHT, WIDTH] in pixels";
        boolean isTooLarge = sides.stream().anyMatch(side -> side > SIDE.most());
        return (isTooLarge ? pair + " of at most " + (int) SIDE.most() : pair) + ", e.g. [28, 28]";
    }

    private static Sample sample(Keys keys) {
        return new Sample(
                keys.whole("train-images", Sample.IMAGES),
                keys.whole("test-images", Sample.IMAGES),
                keys.longWhole("seed"));
    }
}
