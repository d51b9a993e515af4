package io.github.sparkcnn.kernel;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A replica that works in place on the flat arrays of its network: its state is the network's, and is lent without a copy. */
public interface InPlaceReplica extends Replica {

    /** The network that it was opened on. */
    Network network();

    @Override
    default NetworkState read() {
        return NetworkState.of(network());
    }

    @Override
    default void write(NetworkState state) {
        state.applyTo(network());
    }

    @Override
    default void count(int iteration, int epoch) {
        network().count(iteration, epoch);
    }

    @Override
    default <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        List<INDArray> arrays = Stream.concat(Stream.of(network().parameters()), network().updaterState().stream())
                .toList();
        AffinityManager affinity = Nd4j.getAffinityManager();
        // With ND4J's CUDA backend the newest numbers may be on the GPU only; it has to take what was written here.
        arrays.forEach(array -> affinity.ensureLocation(array, Location.HOST));
        T result = borrower.apply(
                arrays.stream().map(array -> array.data().asNio()).toList());
        arrays.forEach(array -> affinity.tagLocation(array, Location.HOST));
        return result;
    }

    @Override
    default void publish() {
        // It is there already.
    }

    @Override
    default void refresh() {
        // It is here already.
    }
}
