package io.github.sparkcnn.data.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The only functions that a pickle may name, and what they do here: they make an empty array, a type, or bytes of a text. */
enum NumpyFunction {
    RECONSTRUCT("numpy.core.multiarray._reconstruct") {
        @Override
        Object call(List<Object> arguments) {
            return new PickledArray();
        }
    },
    ARRAY("numpy.ndarray") {
        @Override
        Object call(List<Object> arguments) {
            throw new ClassCastException("numpy.ndarray is an argument, not a function, in a pickle");
        }
    },
    TYPE("numpy.dtype") {
        @Override
        Object call(List<Object> arguments) {
            return new PickledArray.Type(text(arguments.get(0)));
        }
    },
    /** Python 3 writes bytes for Python 2 as a text of the same code points. */
    ENCODE("_codecs.encode") {
        @Override
        Object call(List<Object> arguments) {
            return ((String) arguments.get(0)).getBytes(StandardCharsets.ISO_8859_1);
        }
    };

    private final String name;

    NumpyFunction(String name) {
        this.name = name;
    }

    abstract Object call(List<Object> arguments);

    static Optional<NumpyFunction> named(String name) {
        String byOldName = name.replaceFirst("^numpy\\._core\\.", "numpy.core."); // NumPy 2 moved it
        return Arrays.stream(values())
                .filter(function -> function.name.equals(byOldName))
                .findFirst();
    }

    /** What {@code ndarray.__setstate__} and {@code dtype.__setstate__} do. */
    static void setState(Object target, List<Object> state) {
        if (target instanceof PickledArray.Type type) {
            type.byteOrder = text(state.get(1));
        } else {
            PickledArray array = (PickledArray) target;
            array.shape =
                    ((List<?>) state.get(1)).stream().map(side -> (Long) side).toList();
            array.type = (PickledArray.Type) state.get(2);
            array.fortran =
                    !Boolean.FALSE.equals(state.get(3)) && !Long.valueOf(0).equals(state.get(3));
            array.data = (byte[]) state.get(4);
        }
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : (String) value;
    }
}
