package io.github.sparkcnn.data.cifar;

import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.ImageShape;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of the two data sets (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009;
 * cs.toronto.edu/~kriz/cifar.html). A record is its labels, a byte each, and 3 · 1024 bytes: all red, all green, all blue.
 */
enum CifarSet {
    CIFAR_10(1, "data_batch_\\d\\.bin", "test_batch\\.bin", "batches.meta.txt"),
    /** A coarse label before the fine one, which is the class. */
    CIFAR_100(2, "train\\.bin", "test\\.bin", "fine_label_names.txt");

    static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private final int labels;
    private final Pattern train;
    private final Pattern test;
    private final String names;

    CifarSet(int labels, String train, String test, String names) {
        this.labels = labels;
        this.train = Pattern.compile(train);
        this.test = Pattern.compile(test);
        this.names = names;
    }

    /** Whether a file of this name holds images of the half. */
    boolean isOf(Split split, String name) {
        return (split == Split.TRAIN ? train : test).matcher(name).matches();
    }

    /** Whether a file of this name holds images. */
    boolean isOf(String name) {
        return List.of(Split.values()).stream().anyMatch(split -> isOf(split, name));
    }

    /** The file with the classes' names, one a line. */
    String names() {
        return names;
    }

    /** Bytes a record. */
    int record() {
        return labels + SHAPE.size();
    }

    /** Where in a record the class is; the image begins behind it. */
    int label() {
        return labels - 1;
    }
}
