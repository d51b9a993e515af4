package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/** Finds augmentations by their names and makes them from their keys, with torchvision's defaults. */
final class Augmentations {

    private static final String PLACE = "training.augmentation";
    private static final String FRACTION = "0 to 1";
    private static final String DEGREES = "0 to 180";

    private static final Map<String, Maker> BY_NAME = new TreeMap<>(Map.of(
            "flip", (keys, shape) -> new Flip(shape, keys.number("probability", 0.5, within(0, 1), FRACTION)),
            "crop", (keys, shape) -> new PaddedCrop(shape, pixels(keys, "padding", shape)),
            "rotation", (keys, shape) -> Affine.rotation(shape, keys.number("degrees", within(0, 180), DEGREES)),
            "affine", Augmentations::affine,
            "brightness", (keys, shape) -> new Brightness(shape, keys.number("amount", within(0, 1), FRACTION)),
            "contrast", (keys, shape) -> new Contrast(shape, keys.number("amount", within(0, 1), FRACTION)),
            "random-erasing", Augmentations::randomErasing,
            "cutout", (keys, shape) -> new Cutout(shape, pixels(keys, "size", shape))));

    private Augmentations() {}

    static List<Augmentation> of(List<Map<String, Object>> list, ImageShape shape) {
        List<Augmentation> augmentations = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            augmentations.add(one(list.get(i), PLACE + "[" + i + "]", shape));
        }
        return List.copyOf(augmentations);
    }

    private static Augmentation one(Map<String, Object> keys, String place, ImageShape shape) {
        String name = Objects.toString(keys.get("name"), "without a name");
        Maker maker = BY_NAME.get(name);
        if (maker == null) {
            throw Options.unknownName("augmentation", name, BY_NAME.keySet(), place + ".name");
        }
        Options options = new Options("use augmentation " + name, place, keys);
        Augmentation augmentation = maker.make(options, shape);
        options.refuseUnknown();
        return augmentation;
    }

    private static Augmentation affine(Options keys, ImageShape shape) {
        double smallest = keys.number("smallest", 1, within(0.1, 10), "0.1 to 10");
        return new Affine(
                shape,
                keys.number("degrees", 0, within(0, 180), DEGREES),
                keys.number("translate", 0, within(0, 1), FRACTION),
                smallest,
                keys.number("largest", Math.max(1, smallest), within(smallest, 10), smallest + " to 10"),
                keys.number("shear", 0, within(0, 45), "0 to 45"));
    }

    private static Augmentation randomErasing(Options keys, ImageShape shape) {
        double smallest = keys.number("smallest-area", 0.02, within(0, 1), FRACTION);
        return new RandomErasing(
                shape,
                keys.number("probability", 0.5, within(0, 1), FRACTION),
                smallest,
                keys.number("largest-area", Math.max(0.33, smallest), within(smallest, 1), smallest + " to 1"),
                keys.number("narrowest", 0.3, value -> value > 0 && value <= 1, "above 0, at most 1"));
    }

    private static int pixels(Options keys, String key, ImageShape shape) {
        int pixels = keys.whole(key, 0);
        int side = Math.min(shape.height(), shape.width());
        if (pixels > side) {
            throw keys.wrong(key, "is " + pixels + ", the images are " + shape, "at most " + side);
        }
        return pixels;
    }

    private static DoublePredicate within(double least, double most) {
        return value -> value >= least && value <= most;
    }

    private interface Maker {
        Augmentation make(Options keys, ImageShape shape);
    }
}
