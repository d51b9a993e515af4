package io.github.sparkcnn.image;

import java.io.Serializable;

/** The height and width in pixels that all images are brought to, and how. */
public record Resizing(int height, int width, Mode mode) implements Serializable {

    /** What becomes of an image whose sides have another ratio. */
    public enum Mode {
        /** Its ratio changes. */
        STRETCH,
        /** It is scaled to cover the whole, and what stands over is cut off on both sides alike. */
        CROP,
        /** It is scaled to fit in, and the rest is black on both sides alike. */
        PAD
    }
}
