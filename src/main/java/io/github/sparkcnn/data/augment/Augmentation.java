package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Registry;
import io.github.sparkcnn.random.RandomStream;
import java.io.Serializable;
import java.util.List;

/** One random change to an image, with its parameters, valid. Immutable; it travels to the workers. */
public interface Augmentation extends Serializable {

    /**
     * Writes the changed image.
     *
     * @param shape of both images
     * @param from one image, channels × height × width, unsigned; not changed
     * @param to receives all of the image; not the same array
     * @param random this image's stream
     */
    void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random);

    /**
     * Refuses images that are too small for it.
     *
     * @throws io.github.sparkcnn.UserException with the key to change
     */
    default void requireUsable(ImageShape shape) {}

    /**
     * Reads a list of augmentations of any names, with torchvision's defaults.
     *
     * @param list the groups of {@code training.augmentation}: {@code {name = flip, probability = 0.5}}
     * @throws io.github.sparkcnn.UserException for an unknown name, a missing, unknown or wrong key
     */
    static List<Augmentation> read(List<Keys> list) {
        if (list.isEmpty()) {
            return List.of();
        }
        Registry<AugmentationProvider> known = Registry.of(AugmentationProvider.class, "augmentation");
        return list.stream().map(keys -> read(known, keys)).toList();
    }

    private static Augmentation read(Registry<AugmentationProvider> known, Keys keys) {
        String name = keys.optionalString("name").orElse("without a name");
        AugmentationProvider provider = known.named(name, keys.place().key("name"));
        Keys own = keys.ofPart("use augmentation " + name);
        Augmentation augmentation = provider.read(own);
        own.refuseUnknown();
        return augmentation;
    }
}
