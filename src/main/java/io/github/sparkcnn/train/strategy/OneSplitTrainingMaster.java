package io.github.sparkcnn.train.strategy;

import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Deeplearning4j's parameter averaging without its traps. It takes the given RDD as exactly one averaging round: nothing is
 * counted, split at random, repartitioned or dropped, so a round is one Spark job over the minibatches it is about.
 * Updater state is averaged too ({@code saveUpdater} is false by default there), and broadcasts are destroyed after use.
 */
final class OneSplitTrainingMaster extends ParameterAveragingTrainingMaster {

    private final transient Function<Broadcast<NetBroadcastTuple>, ParameterAveragingTrainingWorker> workers;
    private transient Broadcast<NetBroadcastTuple> broadcast;

    OneSplitTrainingMaster(
            int workerCount,
            int batchSize,
            int averagingFrequency,
            Function<Broadcast<NetBroadcastTuple>, ParameterAveragingTrainingWorker> workers) {
        super(new Builder(workerCount, batchSize)
                .batchSizePerWorker(batchSize)
                .averagingFrequency(averagingFrequency)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .saveUpdater(true)
                .workerPrefetchNumBatches(0)
                .storageLevel(null));
        this.workers = workers;
    }

    static WorkerConfiguration workerConfiguration(int batchSize, int averagingFrequency) {
        return new WorkerConfiguration(false, batchSize, batchSize, averagingFrequency, 0, false);
    }

    @Override
    protected void executeTrainingDirect(SparkDl4jMultiLayer network, JavaRDD<DataSet> round) {
        try {
            doIteration(network, round, 1, 1);
        } finally {
            broadcast.destroy();
        }
    }

    @Override
    public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer network) {
        broadcast = network.getSparkContext()
                .broadcast(new NetBroadcastTuple(
                        network.getNetwork().getLayerWiseConfigurations(),
                        network.getNetwork().params(),
                        network.getNetwork().getUpdater().getStateViewArray()));
        return workers.apply(broadcast);
    }
}
