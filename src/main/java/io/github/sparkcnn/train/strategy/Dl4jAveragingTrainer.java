package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.LossCurve;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.dl4j.OneSplitTrainingMaster;
import io.github.sparkcnn.train.dl4j.RoundOfDataSets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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
    private final long lossSpacing;
    private final int frequency;
    private final int batchSize;
    private final KeptReplica.Recipe replica;

    Dl4jAveragingTrainer(
            JavaSparkContext spark,
            Network network,
            DealtImages images,
            TrainingConfig training,
            KernelOptions kernels) {
        this.spark = spark;
        this.network = network.chain().orElseThrow();
        this.shares = images.training();
        this.shareSizes = shares.sizes();
        this.plan = images.plan();
        this.lossSpacing = images.lossSpacing();
        this.frequency = training.averagingFrequency();
        this.batchSize =
                plan.steps().batchSize(0); // Deeplearning4j is told one, and goes by the minibatches that there are
        this.replica =
                new KeptReplica.Recipe(UUID.randomUUID().toString(), network.definition(), shares.shape(), kernels);
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        long start = System.nanoTime();
        int epochsBefore = network.getEpochCount();
        int iterationsBefore = network.getIterationCount();
        int minibatches = plan.count(shareSizes);
        double loss = 0;
        LossCurve curve = new LossCurve(lossSpacing, List.of());
        for (int first = 0; first < minibatches; first += frequency) {
            loss += round(epoch.number(), first, epoch.rates());
            int last = Math.min(first + frequency, minibatches);
            // Deeplearning4j counts a short round as a full one.
            network.setIterationCount(iterationsBefore + last);
            long images = plan.imagesBefore(last, shareSizes);
            curve.seen(last, images, loss);
            watch.progressed(new EpochProgress(images, loss));
        }
        network.setEpochCount(epochsBefore + 1);
        long images = plan.imagesBefore(minibatches, shareSizes);
        curve.ended(minibatches, images, loss);
        return new TrainedEpoch(
                loss, images, curve.points(), (System.nanoTime() - start) / 1e9, List.of(), List.of(), List.of());
    }

    private double round(int epoch, int first, StepRates rates) {
        WorkerConfiguration configuration = OneSplitTrainingMaster.workerConfiguration(batchSize, frequency);
        JavaRDD<DataSet> dataSets =
                shares.opened().mapPartitionsWithIndex(new RoundOfDataSets(plan, frequency, epoch, first), true);
        OneSplitTrainingMaster master = new OneSplitTrainingMaster(
                shareSizes.size(),
                batchSize,
                frequency,
                start -> new Dl4jAveragingWorker(start, configuration, replica, rates, plan.seed(), epoch, first));
        SparkDl4jMultiLayer averaging = new SparkDl4jMultiLayer(spark, network, master);
        master.executeTraining(averaging, dataSets);
        long active = IntStream.range(0, shareSizes.size())
                .filter(worker -> plan.steps().count(worker, shareSizes.get(worker)) > first)
                .count();
        double loss = averaging.getScore() * active;
        if (!Double.isFinite(loss)) {
            throw new DivergedException("the loss became " + loss + " after minibatch " + first + " of the epoch");
        }
        return loss;
    }

    @Override
    public void close() {
        KeptReplica.freeAll(replica.run());
    }
}
