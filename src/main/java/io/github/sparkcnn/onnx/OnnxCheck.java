package io.github.sparkcnn.onnx;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Runs an exported model in ONNX Runtime and holds it to what the network itself says. */
public final class OnnxCheck {
    /** The largest difference of a probability that is taken for rounding. */
    public static final double TOLERANCE = 1e-4;

    private OnnxCheck() {}

    /**
     * Compares on real images.
     *
     * @param model the bytes of the ONNX file
     * @param scale from bytes to the network's input
     * @param expected the network's probabilities, {@code [images, classes]}
     * @return the largest difference
     * @throws IllegalStateException when it is above {@link #TOLERANCE} or not a number
     */
    public static double requireAgreement(byte[] model, PixelScale scale, PackedImages images, float[] expected) {
        float[] found = probabilities(model, scale, images);
        if (images.size() == 0 || found.length != expected.length) {
            throw new IllegalArgumentException(images.size() + " images have " + found.length
                    + " probabilities in ONNX Runtime, but " + expected.length + " are given to compare");
        }
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs(found[i] - expected[i]);
            if (!(difference <= TOLERANCE)) {
                throw new IllegalStateException(
                        "The ONNX model disagrees with the network: class " + i % classes(found, images) + " of image "
                                + i / classes(found, images) + " has probability " + found[i]
                                + " in ONNX Runtime and " + expected[i] + " in the network");
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    private static int classes(float[] probabilities, PackedImages images) {
        return probabilities.length / images.size();
    }

    private static float[] probabilities(byte[] model, PixelScale scale, PackedImages images) {
        try (OnnxModel session = OnnxModel.open(model, 1)) {
            float[] values = new float[images.pixels().length];
            given(session.input(), scale).table(images.shape()).apply(images.pixels(), 0, values, 0, values.length);
            FloatBuffer batch = ByteBuffer.allocateDirect(images.pixels().length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            batch.put(values);
            float[] probabilities = new float[images.size() * session.classes()];
            session.run(batch, images.size(), probabilities);
            return probabilities;
        }
    }

    /** How a byte becomes what the model takes. */
    private static PixelScale given(OnnxInput input, PixelScale scale) {
        return switch (input) {
            case IMAGE -> scale;
            case PIXELS -> new PixelScale(0, 1 / 255.0);
        };
    }
}
