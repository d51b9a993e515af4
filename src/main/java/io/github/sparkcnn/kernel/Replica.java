package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One copy of a network that trains and predicts on one device. Where its state is kept is the engine's affair: one that computes
 * on the host works in place on the network it was opened on, one with a device keeps it there and gives it back when asked. Not
 * thread-safe: one replica belongs to one thread at a time.
 */
public interface Replica extends AutoCloseable {

    /** Images that a processor predicts at a time. */
    int PREDICTION_BATCH = 256;

    /**
     * One optimizer step: forward, backward, update of the parameters.
     *
     * @param seed of the dropout masks of this step
     * @return the mean loss over the minibatch, weighted by the images' classes where they have weights, before the update
     */
    double step(Minibatch batch, long seed);

    /**
     * Copies images to where it computes, once, for steps that send their places alone; empty where that is host memory, which has them
     * already, or where they do not fit.
     */
    default Optional<KeptImages> keep(LabelledPixels images, PixelScale scale) {
        return Optional.empty();
    }

    /** Whether a step leaves the processor free, which may make the next minibatch meanwhile. */
    default boolean leavesProcessorFree() {
        return false;
    }

    /**
     * Sets the learning rates of the steps to come.
     *
     * @param factor times the rates that the network's optimizers had when the replica was opened
     */
    void scaleLearningRates(double factor);

    /**
     * Class probabilities in evaluation mode (no dropout, running statistics).
     *
     * @param features {@code [size, channels, height, width]} in c order, normalised
     * @param probabilities receives {@code [size, classes]}
     */
    void predict(float[] features, int size, float[] probabilities);

    /** Images that are best predicted at a time: more would not be faster, fewer might. */
    default int predictionBatch() {
        return PREDICTION_BATCH;
    }

    /** A copy of the state after the last step. */
    NetworkState read();

    /** Goes on from another state of the same network. */
    void write(NetworkState state);

    /** Counts on from so many optimizer steps and epochs; parameters and updater state stay what they are. */
    default void count(int iteration, int epoch) {
        NetworkState state = read();
        write(new NetworkState(state.parameters(), state.updater(), iteration, epoch));
    }

    /**
     * Lends the state in host memory, for averaging: parameters, then the updater's state where there is one, as direct buffers of
     * floats in the machine's byte order. What the borrower leaves in them is the state afterwards; nothing steps meanwhile.
     *
     * @param <T> what the borrower makes of them
     */
    <T> T lend(Function<List<ByteBuffer>, T> borrower);

    /**
     * The same for work that goes on by itself once it has begun: a device lends its state part by part, and copies one while
     * another is worked on. Replicas of the same network and engine cut it alike.
     *
     * @param begin of the work on a part; what it returns waits for its end
     * @return what the first part's came to
     * @param <T> what the borrower makes of a part
     */
    default <T> T lendInParts(Function<List<ByteBuffer>, Supplier<T>> begin) {
        return lend(state -> begin.apply(state).get());
    }

    /** Brings the network that the replica was opened on up to date; costs nothing where it works in place. */
    void publish();

    /** Takes what somebody else has put into the network that the replica was opened on; costs nothing in place. */
    void refresh();

    /** What this replica computes on; its shortfall says why not on the fastest kernels. */
    BackendReport backend();

    /** Frees what the replica holds outside the Java heap; the network stays usable. */
    @Override
    void close();
}
