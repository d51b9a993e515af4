package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.random.RandomStream;

/**
 * Rotates, shears, scales and shifts about the centre, all at random (torchvision.transforms.RandomAffine with bilinear
 * interpolation): rotation and shear uniform within ± their degrees, shift within ± a fraction of the side.
 *
 * @param degrees of rotation, to either side
 * @param translate greatest shift, as a fraction of the width and height
 * @param smallest scale
 * @param largest scale
 * @param shear degrees by which the vertical leans, to either side
 */
record Affine(double degrees, double translate, double smallest, double largest, double shear) implements Augmentation {

    private static final Range SCALE = Range.of(0.1, 10);
    private static final Range SHEAR = Range.of(0, 45);

    Affine {
        Parameters.DEGREES.require("degrees", degrees);
        Parameters.FRACTION.require("translate", translate);
        SCALE.require("smallest", smallest);
        Range.of(smallest, SCALE.most()).require("largest", largest);
        SHEAR.require("shear", shear);
    }

    /** Rotation alone (torchvision.transforms.RandomRotation with bilinear interpolation). */
    static Affine rotation(double degrees) {
        return new Affine(degrees, 0, 1, 1, 0);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        double angle = random.uniform(-degrees, degrees);
        double dx = random.uniform(-translate, translate) * shape.width();
        double dy = random.uniform(-translate, translate) * shape.height();
        double scale = random.uniform(smallest, largest);
        transform(shape, from, to, angle, dx, dy, scale, random.uniform(-shear, shear));
    }

    /**
     * Applies to the image the matrix rotation(angle) · shear · scale, then the shift; the sampling below needs its inverse
     * (torchvision.transforms.functional._get_inverse_affine_matrix with shear (lean, 0)).
     *
     * @param angle in degrees, clockwise
     * @param lean in degrees
     */
    void transform(
            ImageShape shape, byte[] from, byte[] to, double angle, double dx, double dy, double scale, double lean) {
        double cos = Math.cos(Math.toRadians(angle));
        double sin = Math.sin(Math.toRadians(angle));
        double tan = Math.tan(Math.toRadians(lean));
        // (R · [1 −tan; 0 1] · scale)⁻¹ = 1/scale · [1 tan; 0 1] · Rᵀ
        double a = (cos - sin * tan) / scale;
        double b = (sin + cos * tan) / scale;
        double c = -sin / scale;
        double d = cos / scale;
        Warp.apply(shape, from, to, a, b, -a * dx - b * dy, c, d, -c * dx - d * dy);
    }

    /** {@code affine}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "affine";
        }

        @Override
        public Augmentation read(Keys keys) {
            double smallest = keys.number("smallest", 1, SCALE);
            double largest = keys.number("largest", 1, SCALE);
            Parameters.requireOrder(keys, "smallest", smallest, "largest", largest);
            return new Affine(
                    keys.number("degrees", 0, Parameters.DEGREES),
                    keys.number("translate", 0, Parameters.FRACTION),
                    smallest,
                    largest,
                    keys.number("shear", 0, SHEAR));
        }
    }

    /** {@code rotation}. */
    public static final class RotationProvider implements AugmentationProvider {

        @Override
        public String name() {
            return "rotation";
        }

        @Override
        public Augmentation read(Keys keys) {
            return rotation(keys.number("degrees", Parameters.DEGREES));
        }
    }
}
