package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.train.dl4j.MinibatchDataSet;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's averaging worker, taking our steps on a replica that stays in the executor, so that a run can be repeated
 * and equals {@link LocalTrainer} with one worker. Its score is the sum of the losses of the images it saw, not the last
 * minibatch's.
 */
final class Dl4jAveragingWorker extends ParameterAveragingTrainingWorker {
    private static final long serialVersionUID = 1L;

    private final Broadcast<NetBroadcastTuple> start;
    private final KeptReplica.Recipe recipe;
    private final StepRates rates;
    private final long seed;
    private final int epoch;
    private final int firstMinibatch;
    private transient EpochSteps steps;
    private transient double lossSum;
    private transient int minibatch;

    /** A round of the epoch, from its minibatch {@code firstMinibatch} on. */
    Dl4jAveragingWorker(
            Broadcast<NetBroadcastTuple> start,
            WorkerConfiguration configuration,
            KeptReplica.Recipe recipe,
            StepRates rates,
            long seed,
            int epoch,
            int firstMinibatch) {
        super(start, true, configuration, List.of(), List.of(), null);
        this.start = start;
        this.recipe = recipe;
        this.rates = rates;
        this.seed = seed;
        this.epoch = epoch;
        this.firstMinibatch = firstMinibatch;
    }

    @Override
    public MultiLayerNetwork getInitialModel() {
        KeptReplica kept = KeptReplica.take(recipe);
        // Nobody asks for a final result after a step that failed.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> kept.close());
        kept.replica().write(state(start.getValue()));
        steps = new EpochSteps(kept.replica(), rates::factor, seed, epoch, TaskContext.getPartitionId());
        lossSum = 0;
        minibatch = firstMinibatch;
        return kept.network().chain().orElseThrow();
    }

    private static NetworkState state(NetBroadcastTuple network) {
        INDArray updater = network.getUpdaterState();
        return new NetworkState(
                network.getParameters().toFloatVector(),
                updater == null ? new float[0] : updater.toFloatVector(),
                network.getConfiguration().getIterationCount(),
                network.getConfiguration().getEpochCount());
    }

    @Override
    public ParameterAveragingTrainingResult processMinibatch(DataSet data, MultiLayerNetwork network, boolean isLast) {
        lossSum += steps.step(((MinibatchDataSet) data).minibatch(), minibatch++);
        return isLast ? getFinalResult(network) : null;
    }

    /** In copies: Spark reads the result after the task has left the replica to the next. */
    @Override
    public ParameterAveragingTrainingResult getFinalResult(MultiLayerNetwork network) {
        NetworkState state = steps.replica().read();
        INDArray updater = network.getUpdater().getStateViewArray();
        return new ParameterAveragingTrainingResult(
                Nd4j.create(state.parameters(), network.params().shape()),
                updater == null ? null : Nd4j.create(state.updater(), updater.shape()),
                lossSum,
                null,
                null,
                null);
    }
}
