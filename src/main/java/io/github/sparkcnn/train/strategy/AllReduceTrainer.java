package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.TrainedEpoch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Parameter averaging between the workers: an epoch is one barrier stage whose tasks train their own shares and take the
 * mean of parameters and updater states directly from each other. The driver gives the state before the epoch and receives
 * the one after it. A task that fails makes Spark repeat the stage, that is, the epoch from its start: with the same number
 * of workers the result is the same to the bit.
 */
final class AllReduceTrainer implements Trainer {

    private final JavaSparkContext spark;
    private final Network network;
    private final Shares shares;
    private final AllReduceWorker.Job job;
    private final Coordinator coordinator;
    private final FailedStages failures = new FailedStages();
    private volatile LongConsumer progress = images -> {};

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
        spark.sc().addSparkListener(failures);
        String run = UUID.randomUUID().toString();
        this.coordinator = Coordinator.start(Transport.ofSpark(training.averagingTimeout()), run, this::answer);
        this.job = new AllReduceWorker.Job(
                new KeptReplica.Recipe(run, network.definition(), shares.shape(), kernels),
                coordinator.address(),
                plan,
                training.averagingFrequency(),
                training.averagingTimeout());
    }

    @Override
    public TrainedEpoch train(int epoch, StepRates rates, LongConsumer listener) {
        progress = listener;
        Broadcast<NetworkState> start = spark.broadcast(NetworkState.of(network));
        try {
            List<AllReduceWorker.Result> results = new ArrayList<>(BarrierStage.run(
                    shares.opened(),
                    new AllReduceWorker(job, start, epoch, rounds(), rates),
                    AllReduceWorker.Result.class));
            results.sort(Comparator.comparingInt(AllReduceWorker.Result::rank));
            AllReduceWorker.Result first = results.get(0);
            if (!Double.isFinite(first.epoch().lossSum())) {
                throw new DivergedException("the loss became " + first.epoch().lossSum());
            }
            first.state().applyTo(network);
            return merged(results.stream().map(AllReduceWorker.Result::epoch).toList());
        } finally {
            start.destroy();
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

    private int rounds() {
        int minibatches = job.plan().count(Collections.max(shares.sizes()));
        return (minibatches + job.averagingFrequency() - 1) / job.averagingFrequency();
    }

    private ByteBuffer answer(int rank, String type, ByteBuffer payload) {
        progress.accept(payload.getLong());
        return ByteBuffer.allocate(0);
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(failures);
        coordinator.close();
        KeptReplica.freeAll(job.run());
    }
}
