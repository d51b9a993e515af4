package org.example;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;

/** Images of 2×2 pixels, each a byte for the label and four for the pixels. */
public final class RawBytes implements ImageFormat {

    @Override
    public String name() {
        return "raw-bytes";
    }

    @Override
    public boolean hasName(String name) {
        return name.endsWith(".raw");
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        return ImageFiles.ofFile(spark, root, new ImageShape(1, 2, 2), (in, file) -> block -> {
            byte[] image = next(in, file);
            if (image.length == 5) {
                block.add(image[0], Arrays.copyOfRange(image, 1, 5), block.size());
            } else if (image.length > 0) {
                throw new UserException("read " + file, "it ends within an image", "Copy the file again");
            }
            return image.length == 5;
        });
    }

    private static byte[] next(InputStream in, String file) {
        try {
            return in.readNBytes(5);
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }
}
