package io.github.sparkcnn.kernel.update;

import io.github.sparkcnn.network.Network;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The state of an engine that works in place on Deeplearning4j's flat arrays: they are lent without a copy. */
public record HostState(Network network) {

    /**
     * Lends parameters and updater state as direct buffers of floats, in that order; what is left there is in the network.
     *
     * @param <T> what the borrower makes of them
     */
    public <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        List<INDArray> arrays = Stream.concat(Stream.of(network.parameters()), network.updaterState().stream())
                .toList();
        AffinityManager affinity = Nd4j.getAffinityManager();
        // On a GPU of ND4J's the newest numbers may be there only; and it has to take what was written here.
        arrays.forEach(array -> affinity.ensureLocation(array, Location.HOST));
        T result = borrower.apply(
                arrays.stream().map(array -> array.data().asNio()).toList());
        arrays.forEach(array -> affinity.tagLocation(array, Location.HOST));
        return result;
    }
}
