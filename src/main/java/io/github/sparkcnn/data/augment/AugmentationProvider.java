package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Named;

/**
 * Makes the augmentation that a {@code name} in {@code training.augmentation} names. To add one, write one and name it in
 * {@code META-INF/services}. Whoever finds it refuses the keys that it has not read.
 */
public interface AugmentationProvider extends Named {

    /**
     * Reads the augmentation's keys.
     *
     * @param keys beside the name
     * @throws io.github.sparkcnn.UserException for a missing or wrong key
     */
    Augmentation read(Keys keys);
}
