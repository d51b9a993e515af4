package io.github.sparkcnn.kernel.step;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One elementary operation of a network between numbered values, in plain numbers: whatever engine runs it knows nothing of the
 * layer that it comes from. Images are {@code [n, channels, height, width]}, rows {@code [n, features]}.
 */
public sealed interface Step {

    /** The values that it reads. */
    List<Integer> from();

    /** The value that it makes. */
    int to();

    /** Where its parameters lie. */
    default List<Slice> slices() {
        return List.of();
    }

    /** A step that reads one value. */
    sealed interface Unary extends Step {

        /** The value that it reads. */
        int input();

        @Override
        default List<Integer> from() {
            return List.of(input());
        }
    }

    /** A step that multiplies one value by weights, and adds a bias where there is one. */
    sealed interface Weighted extends Unary {

        /** What it multiplies by. */
        Slice weights();

        /** {@code [outputs]}. */
        Optional<Slice> bias();

        @Override
        default List<Slice> slices() {
            return Stream.concat(Stream.of(weights()), bias().stream()).toList();
        }
    }

    /**
     * A convolution, where asked in groups of channels that do not see one another.
     *
     * @param inputs channels of all groups
     * @param outputs channels of all groups
     */
    record Convolution(
            int input,
            int to,
            Sliding sliding,
            long inputs,
            long outputs,
            long groups,
            Slice weights,
            KernelLayout layout,
            Optional<Slice> bias)
            implements Weighted {}

    /**
     * A deconvolution: the transposed of the convolution that slides so.
     *
     * @param layout with its outputs and inputs, not those of the convolution
     */
    record Deconvolution(
            int input,
            int to,
            Sliding sliding,
            long inputs,
            long outputs,
            Slice weights,
            KernelLayout layout,
            Optional<Slice> bias)
            implements Weighted {}

    /**
     * A fully connected layer; images become rows in c order first.
     *
     * @param weights {@code [outputs, inputs]} in c order
     */
    record Dense(int input, int to, long outputs, Slice weights, Optional<Slice> bias) implements Weighted {}

    /** The maximum of each window. */
    record MaxPool(int input, int to, Sliding sliding) implements Unary {}

    /**
     * The mean of each window.
     *
     * @param includePadding whether the padding counts in the divisor
     */
    record AveragePool(int input, int to, Sliding sliding, boolean includePadding) implements Unary {}

    /**
     * One number of each map: rows of {@code [n, channels]}, or images of one pixel.
     *
     * @param pooling which
     */
    record GlobalPool(int input, int to, Pooling pooling) implements Unary {

        /** The number that a whole map becomes. */
        public enum Pooling {
            AVERAGE,
            SUM,
            MAXIMUM
        }
    }

    /**
     * Batch normalisation over (n, height, width) of each channel. The running statistics are parameters whose "gradient" is what the
     * update subtracts from them: Deeplearning4j's convention, which lets them be averaged like any other.
     *
     * @param decay weight of the old running statistics
     * @param logDeviation log10 of the running standard deviation
     */
    record Normalization(
            int input,
            int to,
            int channels,
            double decay,
            double epsilon,
            Slice scale,
            Slice shift,
            Slice mean,
            Slice logDeviation)
            implements Unary {

        @Override
        public List<Slice> slices() {
            return List.of(scale, shift, mean, logDeviation);
        }
    }

    /**
     * Local response normalisation across channels: x / (k + α Σ x²)^β, the sum over the {@code size} channels around.
     *
     * @param size an odd number of channels
     */
    record LocalResponse(int input, int to, int size, double alpha, double beta, double k) implements Unary {}

    /** A function of each number. */
    record Activation(int input, int to, ActivationFunction function) implements Unary {}

    /**
     * Zeroes values at random in training and multiplies the others by 1 / retain.
     *
     * @param retain probability of keeping a value
     */
    record Dropout(int input, int to, double retain) implements Unary {}

    /**
     * Values changed at random in training, otherwise than by {@link Dropout}.
     *
     * @param amount a probability of keeping or a standard deviation, by kind
     */
    record Noise(int input, int to, Kind kind, double amount) implements Unary {

        /** What is changed how. */
        public enum Kind {
            /** Whole maps are zeroed and the others multiplied by 1 / probability. */
            MAPS,
            /** Values become SELU's lowest, and all are scaled and shifted so that mean and variance stay. */
            SELF_NORMALIZING,
            /** Times numbers of mean 1 and this deviation. */
            FACTORS,
            /** Plus numbers of mean 0 and this deviation. */
            SUMMANDS
        }
    }

    /** Rows and columns of zeros around an image; where negative, as many of the image are left out. */
    record Border(int input, int to, int top, int bottom, int left, int right) implements Unary {}

    /** Each pixel {@code rows} times below and {@code columns} times beside itself. */
    record Upsampling(int input, int to, int rows, int columns) implements Unary {}

    /** The sum of two values of one shape. */
    record Addition(int left, int right, int to) implements Step {

        @Override
        public List<Integer> from() {
            return List.of(left, right);
        }

        /** The value that it reads beside the one given. */
        public int other(int value) {
            return left == value ? right : left;
        }
    }

    /** The product, number by number, of two values of one shape. */
    record Product(int left, int right, int to) implements Step {

        @Override
        public List<Integer> from() {
            return List.of(left, right);
        }
    }

    /** Images behind one another by their channels, or rows by their features. */
    record Concatenation(List<Integer> from, int to) implements Step {

        public Concatenation {
            from = List.copyOf(from);
        }
    }
}
