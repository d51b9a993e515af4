package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Reads the images of one file, in a task. */
@FunctionalInterface
public interface FileReader extends Serializable {
    /**
     * Begins to read.
     *
     * @param in the file's bytes, closed by the caller once the images have been read
     * @param file as users write it, for messages
     * @return gives one image after the other
     * @throws io.github.sparkcnn.UserException for a file that holds no such images
     */
    Packing.Images read(InputStream in, String file) throws IOException;
}
