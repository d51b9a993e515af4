package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import java.util.List;
import java.util.Optional;

/** An array of images: {@code [n, height, width]}, or with 1 or 3 channels first or last, or flat. */
final class ImageArray {
    private final ArrayItems items;
    private final PixelLayout layout;

    private ImageArray(ArrayItems items, PixelLayout layout) {
        this.items = items;
        this.layout = layout;
    }

    /**
     * Of an array of numbers.
     *
     * @param given how the values of an image lie where the array is flat; a grey square where empty
     */
    static ImageArray of(ArrayItems items, Optional<PixelLayout> given) {
        List<Integer> sides =
                items.header().shape().stream().skip(1).map(Math::toIntExact).toList();
        Optional<PixelLayout> layout = switch (sides.size()) {
            case 1 -> given.or(() -> square(items.size()));
            case 2 -> Optional.of(PixelLayout.planar(new ImageShape(1, sides.get(0), sides.get(1))));
            case 3 -> Optional.of(sides).filter(PixelLayout::isShape).map(PixelLayout::of);
            default -> Optional.empty();
        };
        return new ImageArray(
                items,
                layout.filter(found -> found.shape().size() == items.size() && items.size() > 0)
                        .orElseThrow(() -> items.refusals()
                                .of("its shape is " + items.header().shapeText()
                                        + ", which is no images × height × width with 1 or 3 channels first or last")));
    }

    private static Optional<PixelLayout> square(int size) {
        int side = (int) Math.round(Math.sqrt(size));
        return side > 0 && side * side == size
                ? Optional.of(PixelLayout.planar(new ImageShape(1, side, side)))
                : Optional.empty();
    }

    ImageShape shape() {
        return layout.shape();
    }

    /** The next image's bytes as they are packed. */
    byte[] next() {
        byte[] item = items.next();
        return layout.packed(items.type().isUnsignedByte() ? item : levels(item));
    }

    private byte[] levels(byte[] item) {
        byte[] levels = new byte[items.size()];
        for (int i = 0; i < levels.length; i++) {
            double value = items.type().value(item, i);
            if (!(value >= 0 && value <= 255) || value != (int) value) {
                throw items.refusals()
                        .of("its values are " + items.type() + ", and " + value + " is no whole number from 0 to 255");
            }
            levels[i] = (byte) (int) value;
        }
        return levels;
    }
}
