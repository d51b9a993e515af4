package io.github.sparkcnn.kernel.onednn.primitive;

/** Something in a plan that is drawn anew before every pass. */
@FunctionalInterface
public interface Draw {

    /** Draws, as a pure function of the seed. */
    void draw(long seed);
}
