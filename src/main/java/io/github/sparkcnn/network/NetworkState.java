package io.github.sparkcnn.network;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All that training changes in a network: what is averaged, sent to workers, kept in checkpoints.
 *
 * @param parameters the flat parameters
 * @param updater the flat updater state (Adam's moments, momentum); empty when the optimizer has none
 * @param iteration optimizer steps taken, per worker
 * @param epoch epochs completed
 */
@SuppressWarnings("ArrayRecordComponent") // a block of numbers, compared by nobody
public record NetworkState(float[] parameters, float[] updater, int iteration, int epoch) implements Serializable {

    /** Copies the state out of a network. */
    public static NetworkState of(Network network) {
        return new NetworkState(
                network.parameters().toFloatVector(),
                network.updaterState().map(INDArray::toFloatVector).orElseGet(() -> new float[0]),
                network.iteration(),
                network.epoch());
    }

    /** Copies the state into a network of the same architecture and optimizer. */
    public void applyTo(Network network) {
        assign(network.parameters(), parameters);
        network.updaterState().ifPresent(state -> assign(state, updater));
        network.count(iteration, epoch);
    }

    private static void assign(INDArray target, float[] values) {
        // Closed at once: the garbage collector does not feel what lies outside the heap.
        try (INDArray source = Nd4j.create(values, target.shape())) {
            target.assign(source);
        }
    }

    /** Whether every parameter and every element of the updater state is a number. */
    public boolean isFinite() {
        return isFinite(parameters) && isFinite(updater);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
