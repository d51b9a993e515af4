package io.github.sparkcnn;

import java.io.Closeable;
import java.io.IOException;

/** An open file handed to what will close it. Where that cannot be made, for what is in the file, nobody else would. */
public final class Handover {

    private Handover() {}

    /** What takes an open file over. */
    @FunctionalInterface
    public interface Taker<F, T> {
        T take(F file) throws IOException;
    }

    /** What {@code taker} makes of the file; the file is closed where it makes nothing. */
    public static <F extends Closeable, T> T of(F file, Taker<F, T> taker) throws IOException {
        try {
            return taker.take(file);
        } catch (IOException | RuntimeException | Error e) {
            try {
                file.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
