package io.github.sparkcnn.data.pickle;

import java.util.List;

/** A NumPy array while it is being unpickled: empty until its state is set. */
final class PickledArray {

    /** {@code numpy.dtype('f4')}, then little or big endian. */
    static final class Type {
        final String code;
        String byteOrder = "|";

        Type(String code) {
            this.code = code;
        }
    }

    List<Long> shape = List.of();
    Type type = new Type("none");
    boolean fortran;
    byte[] data = new byte[0];
}
