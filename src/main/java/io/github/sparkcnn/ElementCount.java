package io.github.sparkcnn;

import java.io.DataInputStream;
import java.io.IOException;

/** The number of elements that come next, which whoever sent them says: believed as far as there are bytes for so many. */
public final class ElementCount {

    private ElementCount() {}

    /**
     * Reads it, before anything is allocated for the elements.
     *
     * @param in of bytes that are all there
     * @param bytesEach the fewest that an element has
     * @throws IOException for more elements than what is left has room for, and for fewer than none
     */
    public static int read(DataInputStream in, int bytesEach) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > in.available()) {
            throw new IOException(count + " elements of " + bytesEach + " bytes in " + in.available());
        }
        return count;
    }
}
