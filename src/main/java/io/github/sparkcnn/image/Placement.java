package io.github.sparkcnn.image;

/**
 * Where a scaled image lies in the image that it becomes.
 *
 * @param height of the scaled image
 * @param width of the scaled image
 * @param top rows above it, or below 0 rows of it that are cut off there
 * @param left the same for columns
 */
record Placement(int height, int width, int top, int left) {
    /** Rounds as torchvision's {@code Resize} and {@code CenterCrop} do where it crops, and as Pillow's {@code ImageOps.pad}. */
    static Placement of(int height, int width, Resizing to) {
        boolean isTaller = (long) height * to.width() > (long) width * to.height();
        return switch (to.mode()) {
            case STRETCH -> new Placement(to.height(), to.width(), 0, 0);
            case CROP ->
                isTaller
                        ? centred((int) ((long) to.width() * height / width), to.width(), to)
                        : centred(to.height(), (int) ((long) to.height() * width / height), to);
            case PAD ->
                isTaller
                        ? centred(to.height(), atLeastOne((double) width / height * to.height()), to)
                        : centred(atLeastOne((double) height / width * to.width()), to.width(), to);
        };
    }

    private static int atLeastOne(double side) {
        return (int) Math.max(1, Math.rint(side));
    }

    /** What stands over is halved, and a half pixel goes to the even side, as in Python. */
    private static Placement centred(int height, int width, Resizing to) {
        return new Placement(height, width, half(to.height() - height), half(to.width() - width));
    }

    private static int half(int rest) {
        return (int) Math.rint(rest / 2.0);
    }
}
