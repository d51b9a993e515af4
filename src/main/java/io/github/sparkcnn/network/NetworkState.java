package io.github.sparkcnn.network;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.concurrency.AffinityManager;
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
    public static NetworkState of(Model network) {
        INDArray updater = updaterState(network);
        return new NetworkState(
                network.params().toFloatVector(),
                updater == null ? new float[0] : updater.toFloatVector(),
                iteration(network),
                epoch(network));
    }

    /** Copies the state into a network of the same architecture and optimizer. */
    public void applyTo(Model network) {
        assign(network.params(), parameters);
        INDArray state = updaterState(network);
        if (state != null) {
            assign(state, updater);
        }
        if (network instanceof ComputationGraph graph) {
            graph.getConfiguration().setIterationCount(iteration);
            graph.getConfiguration().setEpochCount(epoch);
        } else {
            ((MultiLayerNetwork) network).setIterationCount(iteration);
            ((MultiLayerNetwork) network).setEpochCount(epoch);
        }
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

    /** Brings parameters and updater state to where {@link #views} are read, if they are newer on a GPU. */
    public static void fetch(Model network) {
        AffinityManager affinity = Nd4j.getAffinityManager();
        arrays(network).forEach(array -> affinity.ensureLocation(array, AffinityManager.Location.HOST));
    }

    /** Says that {@link #views} were written, so that a GPU takes them before its next operation. */
    public static void written(Model network) {
        AffinityManager affinity = Nd4j.getAffinityManager();
        arrays(network).forEach(array -> affinity.tagLocation(array, AffinityManager.Location.HOST));
    }

    private static List<INDArray> arrays(Model network) {
        INDArray updater = updaterState(network);
        return updater == null ? List.of(network.params()) : List.of(network.params(), updater);
    }

    /**
     * The live parameters and updater state as direct buffers: what is written there is in the network, on a GPU between
     * {@link #fetch} and {@link #written}.
     */
    public static ByteBuffer[] views(Model network) {
        return arrays(network).stream().map(array -> array.data().asNio()).toArray(ByteBuffer[]::new);
    }

    /** The live flat updater state; null when the optimizer has none. */
    public static INDArray updaterState(Model network) {
        if (network instanceof ComputationGraph graph) {
            return graph.getUpdater().getStateViewArray();
        }
        Updater updater = ((MultiLayerNetwork) network).getUpdater();
        return updater.getStateViewArray();
    }

    /** The layers in the order of their parameters. */
    public static List<Layer> layers(Model network) {
        return network instanceof ComputationGraph graph
                ? List.of(graph.getLayers())
                : List.of(((MultiLayerNetwork) network).getLayers());
    }

    private static int iteration(Model network) {
        return network instanceof ComputationGraph graph
                ? graph.getConfiguration().getIterationCount()
                : ((MultiLayerNetwork) network).getLayerWiseConfigurations().getIterationCount();
    }

    private static int epoch(Model network) {
        return network instanceof ComputationGraph graph
                ? graph.getConfiguration().getEpochCount()
                : ((MultiLayerNetwork) network).getLayerWiseConfigurations().getEpochCount();
    }
}
