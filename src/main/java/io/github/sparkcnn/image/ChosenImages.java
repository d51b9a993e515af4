package io.github.sparkcnn.image;

import java.util.Optional;

/**
 * A minibatch's images among many, by their places. The arrays are reused, and not to be changed.
 *
 * @param places of the images among the many; of more than the minibatch's, perhaps
 * @param from where the minibatch's begin in {@code places}
 * @param size how many there are
 * @param moved where their pixels come from, the minibatch's first image at 0; empty where each is as it is
 */
@SuppressWarnings("ArrayRecordComponent") // an epoch's order, of which each minibatch is a part
public record ChosenImages(int[] places, int from, int size, Optional<MovedPixels> moved) {}
