package io.github.sparkcnn.predict;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.PixelTable;
import io.github.sparkcnn.kernel.Replica;
import java.util.Objects;

/** Scores on a replica of a Deeplearning4j network, which stays its owner's. */
public final class ReplicaScorer implements Scorer {
    private final Replica replica;
    private final PixelTable table;
    private final int imageSize;
    private final float[] features;
    private final Runnable atClose;

    /**
     * Wraps a replica.
     *
     * @param scale from bytes to the network's input
     * @param batchSize the most images that one call brings
     */
    public ReplicaScorer(Replica replica, ImageShape shape, PixelScale scale, int batchSize) {
        this(replica, shape, scale, batchSize, () -> {});
    }

    /** The same, telling the owner when the scorer is done with the replica. */
    ReplicaScorer(Replica replica, ImageShape shape, PixelScale scale, int batchSize, Runnable atClose) {
        this.replica = Objects.requireNonNull(replica);
        this.table = scale.table(shape);
        this.imageSize = shape.size();
        this.features = new float[batchSize * imageSize];
        this.atClose = atClose;
    }

    @Override
    public void score(byte[] pixels, int size, float[] probabilities) {
        table.apply(pixels, 0, features, 0, size * imageSize);
        replica.predict(features, size, probabilities);
    }

    @Override
    public int batchSize() {
        return features.length / imageSize;
    }

    @Override
    public void close() {
        atClose.run();
    }
}
