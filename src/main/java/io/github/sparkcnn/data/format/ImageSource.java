package io.github.sparkcnn.data.format;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.config.DataConfig.Columns;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.config.DataConfig.Sample;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
import java.util.Optional;

/**
 * Where images are read from, and how.
 *
 * @param path as the user wrote it, e.g. a CSV file, an IDX folder or {@code sample:test}
 * @param setting the key or flag that gave the path, for messages: {@code data.train}, {@code --data}
 * @param split which half of a data set that holds both
 * @param format {@link ImageFormats#AUTO} or a format's name
 * @param classes that the images are of; where empty, those that occur
 * @param layout of the images where the data do not tell it
 * @param resizing the size that a format brings images to which have several; one whose images have one size leaves it
 * @param columns of a table
 * @param expected what is known of what they are for
 * @param sample that {@code sample:train} and {@code sample:test} stand for
 */
public record ImageSource(
        String path,
        String setting,
        Split split,
        String format,
        Malformed malformed,
        Optional<Classes> classes,
        Optional<PixelLayout> layout,
        Optional<Resizing> resizing,
        Columns columns,
        Expected expected,
        Sample sample) {

    /**
     * What those take whom images are for, as far as it is known.
     *
     * @param inColours whether pictures become colours though all of them are grey
     * @param shape of images that do not tell it, where the layout does not either and they have as many values
     */
    public record Expected(boolean inColours, Optional<ImageShape> shape) {
        /** Nothing is known. */
        public static final Expected NOTHING = new Expected(false, Optional.empty());

        private static boolean isInColours(ImageShape shape) {
            return shape.channels() > 1;
        }
    }

    /** Of images that tell everything themselves, of classes 0 … classes − 1. */
    public ImageSource(String path, String setting, Split split, String format, Malformed malformed, int classes) {
        this(
                path,
                setting,
                split,
                format,
                malformed,
                Optional.of(Classes.numbered(classes)),
                Optional.empty(),
                Optional.empty(),
                Columns.FOUND,
                Expected.NOTHING,
                ConfigurationReader.defaults().data().sample());
    }

    /** Images that tell everything themselves, their classes too. */
    public ImageSource(String path, String setting, Split split, String format) {
        this(
                path,
                setting,
                split,
                format,
                Malformed.FAIL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Columns.FOUND,
                Expected.NOTHING,
                ConfigurationReader.defaults().data().sample());
    }

    /** Images at a path, read as a configuration says. */
    public static ImageSource of(String path, String setting, Split split, DataConfig data) {
        return new ImageSource(
                path,
                setting,
                split,
                data.format(),
                data.malformed(),
                data.labels(),
                data.layout(),
                data.resize(),
                data.columns(),
                Expected.NOTHING,
                data.sample());
    }

    /** What a configuration says of its training images. */
    public static ImageSource train(DataConfig data) {
        return of(data.train(), "data.train", Split.TRAIN, data);
    }

    /** What a configuration says of its test images, if it has any. */
    public static Optional<ImageSource> test(DataConfig data) {
        return data.test().map(path -> of(path, "data.test", Split.TEST, data));
    }

    /** The same of these classes. */
    public ImageSource as(Classes others) {
        return new ImageSource(
                path,
                setting,
                split,
                format,
                malformed,
                Optional.of(others),
                layout,
                resizing,
                columns,
                expected,
                sample);
    }

    /**
     * The same for a model: of the size that it takes, if it takes images of any, and with its channels.
     *
     * @param resized how images of another size are brought to the input's; where empty, images that do not tell their shape have it
     */
    public ImageSource forModel(ImageShape input, Optional<Resizing> resized) {
        Optional<ImageShape> shape = resized.isEmpty() ? Optional.of(input) : Optional.empty();
        return expecting(new Expected(Expected.isInColours(input), shape), resized);
    }

    /** The same for images beside those of this shape: grey pictures become colours where these are. */
    public ImageSource beside(ImageShape others) {
        return expecting(new Expected(Expected.isInColours(others), expected.shape()), resizing);
    }

    private ImageSource expecting(Expected other, Optional<Resizing> resized) {
        return new ImageSource(
                path, setting, split, format, malformed, classes, layout, resized, columns, other, sample);
    }

    /** Whether pictures become colours though all of them are grey. */
    public boolean inColours() {
        return expected.inColours();
    }

    /** The same in this format. */
    public ImageSource in(String other) {
        return new ImageSource(
                path, setting, split, other, malformed, classes, layout, resizing, columns, expected, sample);
    }

    /** How so many values lie that do not tell it: as the user says, else channel after channel of the expected shape, if it is theirs. */
    public Optional<PixelLayout> layoutOf(int values) {
        return layout.or(
                () -> expected.shape().filter(shape -> shape.size() == values).map(PixelLayout::planar));
    }

    /** A label from which on a row is wrong by itself: the number of classes where they are numbered, else far away. */
    public int labelBound() {
        return classes.filter(Classes::areNumbered).map(Classes::size).orElse(Integer.MAX_VALUE);
    }
}
