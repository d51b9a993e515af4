package io.github.sparkcnn.data;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.Path;

/**
 * The job {@code data show}: the first images of a data set with their labels as a PNG file, and under each what {@code
 * training.augmentation}, where there is one, makes of it in the first epoch.
 */
public final class ContactSheetExport {
    private static final int FIRST_EPOCH = 0;
    private static final String OUTPUT = "--output";

    private final ImageReader reader;
    private final Configuration configuration;
    private final Storage storage;
    private final Path target;

    /** Prepares the job for a file to write; nothing happens yet. */
    public ContactSheetExport(ImageReader reader, Configuration configuration, Storage storage, Path target) {
        this.reader = reader;
        this.configuration = configuration;
        this.storage = storage;
        this.target = target;
    }

    /** What was drawn, and what of the images before the last was left out. */
    public record Result(Path file, ImageShape shape, int images, List<String> notices) {}

    /** Draws the first {@code count} images. */
    public Result execute(ImageSource source, int count) {
        NamedOutput output = new NamedOutput(storage, target, OUTPUT);
        output.requireNewFile();
        DataConfig data = configuration.data();
        ImageTable table = reader.read(source);
        ImageTable sized = data.resize().map(table::resized).orElse(table);
        PackedImages images = sized.first(count);
        IntFunction<String> captions = captions(sized.classes(), images);
        BufferedImage sheet = configuration.training().augmentation().isEmpty()
                ? ContactSheet.draw(images, captions, count)
                : ContactSheet.draw(images, augmented(images), captions, count);
        byte[] png = ContactSheet.png(sheet);
        output.write(out -> out.write(png));
        return new Result(
                target, images.shape(), images.size(), sized.diagnosis().notices(source.path()));
    }

    private static IntFunction<String> captions(Optional<Classes> classes, PackedImages images) {
        return i -> classes.map(known -> known.names().get(images.label(i)))
                .orElseGet(() -> String.valueOf(images.label(i)));
    }

    private PackedImages augmented(PackedImages images) {
        ImageAugmenter augmenter = new ImageAugmenter(
                configuration.training().augmentation(),
                images.shape(),
                configuration.training().seed());
        int size = images.shape().size();
        byte[] pixels = new byte[images.pixels().length];
        for (int i = 0; i < images.size(); i++) {
            byte[] image = augmenter.augment(images.pixels(), i * size, FIRST_EPOCH, images.indices()[i]);
            System.arraycopy(image, 0, pixels, i * size, size);
        }
        return new PackedImages(images.shape(), images.labels(), pixels, images.indices());
    }
}
