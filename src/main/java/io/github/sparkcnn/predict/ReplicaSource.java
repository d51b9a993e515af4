package io.github.sparkcnn.predict;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkDefinition;
import java.util.UUID;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Deeplearning4j network without its updater state.
 *
 * @param id names the network among those of an executor
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ReplicaSource(
        String id, NetworkDefinition definition, float[] parameters, ImageShape shape, PixelScale scale, int classes)
        implements ScorerSource {

    static ReplicaSource of(ModelFolder.Saved saved) {
        return new ReplicaSource(
                UUID.randomUUID().toString(),
                saved.network().definition(),
                saved.network().parameters().toFloatVector(),
                saved.card().input(),
                saved.card().normalization(),
                saved.card().labels().size());
    }

    @Override
    public Scorer open(int batchSize) {
        Replica replica = IdleReplicas.take(id, this::replica);
        return new ReplicaScorer(replica, shape, scale, batchSize, () -> IdleReplicas.giveBack(id, replica));
    }

    private Replica replica() {
        Kernels.wake();
        Network network = definition.build();
        network.parameters().assign(Nd4j.create(parameters, network.parameters().shape()));
        return Kernels.open(network, shape, KernelOptions.defaults());
    }
}
