package io.github.sparkcnn.data.numpy;

/** An array of labels, {@code [n]} or {@code [n, 1]}, of whole numbers. */
final class LabelArray {
    private final ArrayItems items;

    private LabelArray(ArrayItems items) {
        this.items = items;
    }

    static LabelArray of(ArrayItems items) {
        if (items.size() != 1) {
            throw items.refusals()
                    .of("its shape is " + items.header().shapeText() + ", where there has to be one label an image");
        }
        return new LabelArray(items);
    }

    int next() {
        double value = items.type().value(items.next(), 0);
        if (value != (int) value) {
            throw items.refusals().of("among its labels is " + value + ", which is no whole number");
        }
        return (int) value;
    }
}
