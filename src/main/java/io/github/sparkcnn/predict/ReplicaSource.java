package io.github.sparkcnn.predict;

import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.CudaBinding;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkDefinition;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network without its updater state.
 *
 * @param id names the network among those of an executor
 * @param kernels of each of its replicas
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ReplicaSource(
        String id,
        NetworkDefinition definition,
        float[] parameters,
        ImageShape shape,
        PixelScale scale,
        KernelOptions kernels)
        implements ScorerSource {

    /**
     * A saved network without its updater state.
     *
     * @throws io.github.sparkcnn.UserException where an engine that has to run it here cannot, before anything is sent
     */
    static ReplicaSource of(ModelFolder.Saved saved, KernelOptions kernels) {
        boolean isHere = kernels.backend() == Backend.CPU || CudaBinding.bound().isPresent();
        boolean isAskedFor = kernels.required()
                || !kernels.engine().equals(Engines.AUTO)
                || kernels.precision() != Precision.FLOAT32;
        if (isHere && isAskedFor) {
            Engines.open(saved.network(), saved.card().input(), kernels).close();
        }
        return new ReplicaSource(
                UUID.randomUUID().toString(),
                saved.network().definition(),
                saved.network().parameters().toFloatVector(),
                saved.card().input(),
                saved.card().normalization(),
                kernels);
    }

    @Override
    public Scorer open(int batchSize, Consumer<BackendReport> told) {
        return open(replica -> batchSize, told);
    }

    @Override
    public Scorer open(Consumer<BackendReport> told) {
        return open(Replica::predictionBatch, told);
    }

    private Scorer open(ToIntFunction<Replica> batchSize, Consumer<BackendReport> told) {
        Replica replica = IdleReplicas.take(id, this::replica);
        told.accept(replica.backend());
        return new ReplicaScorer(
                replica, shape, scale, batchSize.applyAsInt(replica), () -> IdleReplicas.giveBack(id, replica));
    }

    private Replica replica() {
        Kernels.wake();
        Network network = definition.build();
        network.parameters().assign(Nd4j.create(parameters, network.parameters().shape()));
        return Engines.open(network, shape, kernels);
    }
}
