package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.train.dl4j.OneSplitTrainingMaster;
import io.github.sparkcnn.train.dl4j.RoundOfDataSets;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.TrainedEpoch;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Deeplearning4j's parameter averaging: in every round each worker trains {@code averaging-frequency} minibatches of its
 * share from the driver's parameters, and the driver takes the mean of the parameters and updater states.
 */
final class Dl4jAveragingTrainer implements Trainer {

    private final JavaSparkContext spark;
    private final MultiLayerNetwork network;
    private final Shares shares;
    private final List<Integer> shareSizes;
    private final MinibatchPlan plan;
    private final TrainingConfig training;
    private final KeptReplica.Recipe replica;

    Dl4jAveragingTrainer(
            JavaSparkContext spark,
            Network network,
            Shares shares,
            MinibatchPlan plan,
            TrainingConfig training,
            KernelOptions kernels) {
        this.spark = spark;
        this.network = network.chain().orElseThrow();
        this.shares = shares;
        this.shareSizes = shares.sizes();
        this.plan = plan;
        this.training = training;
        this.replica =
                new KeptReplica.Recipe(UUID.randomUUID().toString(), network.definition(), shares.shape(), kernels);
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        long start = System.nanoTime();
        int epochsBefore = network.getEpochCount();
        int iterationsBefore = network.getIterationCount();
        int minibatches =
                minibatches(shareSizes.stream().mapToInt(size -> size).max().orElse(0));
        double loss = 0;
        for (int first = 0; first < minibatches; first += training.averagingFrequency()) {
            loss += round(epoch.number(), first, epoch.rates());
            int last = Math.min(first + training.averagingFrequency(), minibatches);
            // Deeplearning4j counts a short round as a full one.
            network.setIterationCount(iterationsBefore + last);
            watch.progressed(imagesBefore(last));
        }
        network.setEpochCount(epochsBefore + 1);
        return new TrainedEpoch(
                loss, imagesBefore(minibatches), (System.nanoTime() - start) / 1e9, List.of(), List.of(), List.of());
    }

    private double round(int epoch, int first, StepRates rates) {
        WorkerConfiguration configuration = OneSplitTrainingMaster.workerConfiguration(training);
        JavaRDD<DataSet> dataSets = shares.opened()
                .mapPartitionsWithIndex(new RoundOfDataSets(plan, training.averagingFrequency(), epoch, first), true);
        OneSplitTrainingMaster master = new OneSplitTrainingMaster(
                shareSizes.size(),
                training,
                start -> new Dl4jAveragingWorker(start, configuration, replica, rates, plan.seed(), epoch, first));
        SparkDl4jMultiLayer averaging = new SparkDl4jMultiLayer(spark, network, master);
        master.executeTraining(averaging, dataSets);
        long active =
                shareSizes.stream().filter(size -> minibatches(size) > first).count();
        double loss = averaging.getScore() * active;
        if (!Double.isFinite(loss)) {
            throw new DivergedException("the loss became " + loss + " after minibatch " + first + " of the epoch");
        }
        return loss;
    }

    private int minibatches(int images) {
        return plan.count(images);
    }

    private long imagesBefore(int minibatch) {
        return shareSizes.stream()
                .mapToLong(size -> Math.min((long) minibatch * training.batchSize(), plan.imagesSeen(size)))
                .sum();
    }

    @Override
    public void close() {
        KeptReplica.freeAll(replica.run());
    }
}
