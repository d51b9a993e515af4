package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedImages;
import org.apache.spark.api.java.function.Function;

/** In a task: refuses an image of a class that there is not, of whatever format; what follows takes a label for an array's index. */
final class RequireKnownLabels implements Function<Reading, Reading> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final int classes;

    private RequireKnownLabels(String name, int classes) {
        this.name = name;
        this.classes = classes;
    }

    static ImageFiles of(ImageFiles files, int classes) {
        return new ImageFiles(
                files.name(),
                files.shape(),
                files.readings().map(new RequireKnownLabels(files.name(), classes)),
                files.split(),
                files.diagnosis());
    }

    @Override
    public Reading call(Reading reading) {
        if (reading instanceof Reading.Block block) {
            require(block.images());
        }
        return reading;
    }

    private void require(PackedImages images) {
        for (int label : images.labels()) {
            if (label < 0 || label >= classes) {
                throw new UserException(
                        "read " + name,
                        "an image has label " + label + ", outside 0.." + (classes - 1),
                        "Name labels for every class in data.labels");
            }
        }
    }
}
