package io.github.sparkcnn.train;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.random.Seeds;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Deeplearning4j's averaging worker, training on our kernels with seeded dropout, so that a run can be repeated and equals
 * {@link LocalTrainer} with one worker. Its score is the sum of the losses of the images it saw, not the last minibatch's.
 */
final class ReplicaWorker extends ParameterAveragingTrainingWorker {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final StepRates rates;
    private final int epoch;
    private final int firstMinibatch;
    private final ImageShape shape;
    private final KernelOptions kernels;
    private transient Replica replica;
    private transient double lossSum;
    private transient int minibatch;

    ReplicaWorker(
            Broadcast<NetBroadcastTuple> broadcast,
            WorkerConfiguration configuration,
            long seed,
            StepRates rates,
            int epoch,
            int firstMinibatch,
            ImageShape shape,
            KernelOptions kernels) {
        super(broadcast, true, configuration, List.of(), List.of(), null);
        this.seed = seed;
        this.rates = rates;
        this.epoch = epoch;
        this.firstMinibatch = firstMinibatch;
        this.shape = shape;
        this.kernels = kernels;
    }

    @Override
    public MultiLayerNetwork getInitialModel() {
        MultiLayerNetwork network = withOwnOptimizers(super.getInitialModel());
        Replica opened = Engines.open(Network.of(network), shape, kernels);
        // Nobody asks for a final result after a step that failed.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> opened.close());
        replica = opened;
        lossSum = 0;
        minibatch = firstMinibatch;
        return network;
    }

    /** Deeplearning4j's clone of a configuration shares the optimizers, and with them every rate that a worker in this JVM sets. */
    private static MultiLayerNetwork withOwnOptimizers(MultiLayerNetwork shared) {
        MultiLayerConfiguration configuration =
                shared.getLayerWiseConfigurations().clone();
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            if (layer.getLayer() instanceof BaseLayer base && base.getIUpdater() != null) {
                base.setIUpdater(base.getIUpdater().clone());
            }
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(shared.params(), false);
        INDArray state = shared.getUpdater().getStateViewArray();
        if (state != null) {
            network.setUpdater(new MultiLayerUpdater(network, state));
        }
        return network;
    }

    @Override
    public ParameterAveragingTrainingResult processMinibatch(DataSet data, MultiLayerNetwork network, boolean isLast) {
        Minibatch batch = minibatch(data);
        rates.set(replica, minibatch);
        lossSum += replica.step(batch, Seeds.of(seed, epoch, TaskContext.getPartitionId(), minibatch)) * batch.size();
        minibatch++;
        return isLast ? getFinalResult(network) : null;
    }

    @Override
    public ParameterAveragingTrainingResult getFinalResult(MultiLayerNetwork network) {
        replica.publish();
        ParameterAveragingTrainingResult result = super.getFinalResult(network);
        return new ParameterAveragingTrainingResult(
                result.getParameters(),
                result.getUpdaterState(),
                lossSum,
                result.getListenerMetaData(),
                result.getListenerStaticInfo(),
                result.getListenerUpdates());
    }

    private static Minibatch minibatch(DataSet data) {
        INDArray classes = data.getLabels().argMax(1);
        return new Minibatch(
                data.getFeatures().ravel().toFloatVector(), classes.toIntVector(), Math.toIntExact(classes.length()));
    }
}
