package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.stage.BarrierStage;
import io.github.sparkcnn.train.stage.FailedStages;
import io.github.sparkcnn.train.stage.WorkOrder;
import io.github.sparkcnn.train.stage.WorkOrders;
import io.github.sparkcnn.train.stage.WorkResults;
import io.github.sparkcnn.train.stage.WorkerStage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Parameter averaging between the workers of one barrier stage, who train their own shares and take the mean of parameters and
 * updater states directly from each other. After every epoch the driver receives the state, and the workers wait for its word
 * before they go on with their own. A task that fails makes Spark repeat the stage: its tasks fetch the driver's last state, and the
 * epoch begins from its start: with the same number of workers the result is the same to the bit.
 */
final class AllReduceTrainer implements Trainer {

    private final JavaSparkContext spark;
    private final Network network;
    private final Shares shares;
    private final int iterations;
    private final Coordinator coordinator;
    private final AllReduceWorker.Job job;
    private final WorkerStage stage;
    private final FailedStages failures = new FailedStages();
    private volatile LongConsumer progress = images -> {};
    private int orders;
    private int current;
    /** Of the network's state. */
    private int version;

    AllReduceTrainer(
            JavaSparkContext spark,
            Network network,
            Shares shares,
            MinibatchPlan plan,
            TrainingConfig training,
            KernelOptions kernels) {
        this.spark = spark;
        this.network = network;
        this.shares = shares;
        this.iterations = plan.count(Collections.max(shares.sizes()));
        spark.sc().addSparkListener(failures);
        String run = UUID.randomUUID().toString();
        WorkOrders given = new WorkOrders(shares.workers(), images -> progress.accept(images));
        this.coordinator = Coordinator.start(Transport.ofSpark(training.averagingTimeout()), run, given);
        int frequency = training.averagingFrequency();
        this.job = new AllReduceWorker.Job(
                new KeptReplica.Recipe(run, network.definition(), shares.shape(), kernels),
                coordinator.address(),
                plan,
                frequency,
                (iterations + frequency - 1) / frequency,
                training.averagingTimeout());
        this.stage = new WorkerStage(given, this::begin);
    }

    private BarrierStage begin(int stagesBefore) {
        return BarrierStage.start(
                shares.opened(),
                new AllReduceWorker(job, stagesBefore),
                "Training by all-reduce with " + shares.workers() + " workers, from epoch " + (current + 1));
    }

    @Override
    public TrainedEpoch train(int epoch, StepRates rates, LongConsumer listener) {
        progress = listener;
        current = epoch;
        failures.take(); // of a stage that waited for this epoch, which was then not repeated
        WorkOrder.Start start = new WorkOrder.Start(version, network.iteration(), network.epoch());
        double[] factors =
                IntStream.range(0, iterations).mapToDouble(rates::factor).toArray();
        WorkResults results =
                stage.carryOut(new WorkOrder(orders++, start, epoch, factors), () -> NetworkState.of(network));
        TrainedEpoch trained =
                merged(results.reports().stream().map(AllReduceTrainer::parsed).toList());
        if (!Double.isFinite(trained.lossSum())) {
            throw new DivergedException("the loss became " + trained.lossSum());
        }
        results.state().orElseThrow().applyTo(network);
        version++;
        return trained;
    }

    private static TrainedEpoch parsed(byte[] report) {
        try {
            return Json.read(report, TrainedEpoch.class);
        } catch (IOException e) {
            throw new IllegalStateException("a worker's report is none: " + e.getMessage(), e);
        }
    }

    /** By rank. */
    private TrainedEpoch merged(List<TrainedEpoch> workers) {
        return new TrainedEpoch(
                workers.get(0).lossSum(),
                workers.get(0).images(),
                workers.stream().flatMap(worker -> worker.workers().stream()).toList(),
                workers.stream().flatMap(worker -> worker.devices().stream()).toList(),
                failures.take());
    }

    @Override
    public void close() {
        stage.close();
        spark.sc().removeSparkListener(failures);
        coordinator.close();
        KeptReplica.freeAll(job.run());
    }
}
