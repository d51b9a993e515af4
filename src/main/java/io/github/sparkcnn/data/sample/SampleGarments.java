package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.random.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the sample: ten kinds of garments, 28×28 grey, as many of one kind as of another. Image {@code i} depends on
 * (seed, split, i) alone, so a larger sample begins with the smaller one, on any machine.
 */
public final class SampleGarments {
    static final ImageShape SHAPE = ImageShape.MNIST;
    private static final List<Garment> GARMENTS = List.of(Garment.values());
    private static final int KINDS = GARMENTS.size();

    private SampleGarments() {}

    /** Names of the kinds in the order of their labels. */
    public static List<String> labels() {
        return GARMENTS.stream()
                .map(g -> g.name().charAt(0) + g.name().substring(1).toLowerCase(Locale.ROOT))
                .map(name -> name.replace("_s", "-s"))
                .toList();
    }

    /** The sample in this process. */
    public static PackedImages draw(Split split, int images, long seed) {
        return draw(split, 0, images, seed);
    }

    /** Its images {@code from … to − 1}. */
    static PackedImages draw(Split split, int from, int to, long seed) {
        PackedBuilder drawn = new PackedBuilder(SHAPE, to - from);
        for (int i = from; i < to; i++) {
            drawn.add(label(split, seed, i), image(split, seed, i), i);
        }
        return drawn.build();
    }

    /** Every ten images in a row are the ten kinds in some order. */
    private static int label(Split split, long seed, int i) {
        int[] kinds = IntStream.range(0, KINDS).toArray();
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, stream(split), -1 - i / KINDS));
        for (int k = KINDS - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kind = kinds[k];
            kinds[k] = kinds[other];
            kinds[other] = kind;
        }
        return kinds[i % KINDS];
    }

    private static int stream(Split split) {
        return split == Split.TRAIN ? 0 : 1;
    }

    private static byte[] image(Split split, long seed, int i) {
        Cloth cloth = new Cloth(new SplittableRandom(Seeds.of(seed, stream(split), i)));
        Canvas canvas = new Canvas(SHAPE.width(), pose(cloth));
        GARMENTS.get(label(split, seed, i)).draw(canvas, cloth);
        double noise = cloth.between(0.02, 0.1);
        byte[] pixels = new byte[SHAPE.size()];
        for (int p = 0; p < pixels.length; p++) {
            double value = canvas.values()[p] + noise * cloth.noise();
            pixels[p] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
        }
        return pixels;
    }

    /** Shifted by up to 2½ pixels, turned by up to 9°, mirrored or not, of varied height and width. */
    private static Canvas.Pose pose(Cloth cloth) {
        double angle = cloth.between(-0.16, 0.16);
        double width = cloth.between(0.75, 1.05) * (cloth.chance(0.5) ? 1 : -1);
        double height = cloth.between(0.8, 1);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        return new Canvas.Pose(
                width * cos,
                -height * sin,
                width * sin,
                height * cos,
                cloth.between(-0.18, 0.18),
                cloth.between(-0.14, 0.14));
    }
}
