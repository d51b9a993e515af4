package io.github.sparkcnn.train;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.NetworkState;
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
    private final io.github.sparkcnn.network.Network network;
    private final Shares shares;
    private final AllReduceWorker.Job job;
    private final Coordinator coordinator;
    private final FailedStages failures = new FailedStages();
    private volatile LongConsumer progress = images -> {};

    AllReduceTrainer(
            JavaSparkContext spark,
            io.github.sparkcnn.network.Network network,
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
                run,
                coordinator.address(),
                network.definition(),
                plan,
                training.averagingFrequency(),
                training.averagingTimeout(),
                kernels);
    }

    @Override
    public EpochLoss train(int epoch, StepRates rates, LongConsumer listener) {
        progress = listener;
        Broadcast<NetworkState> start = spark.broadcast(NetworkState.of(network));
        try {
            List<WorkerEpoch> workers = new ArrayList<>(BarrierStage.run(
                    shares.opened(), new AllReduceWorker(job, start, epoch, rounds(), rates), WorkerEpoch.class));
            workers.sort(Comparator.comparingInt(WorkerEpoch::rank));
            WorkerEpoch first = workers.get(0);
            if (!Double.isFinite(first.lossSum())) {
                throw new DivergedException("the loss became " + first.lossSum());
            }
            first.averaged().orElseThrow().applyTo(network);
            return new EpochLoss(
                    first.lossSum(),
                    first.images(),
                    workers.stream().map(WorkerEpoch::times).toList(),
                    workers.stream().map(WorkerEpoch::device).toList(),
                    failures.take());
        } finally {
            start.destroy();
        }
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
        WorkerReplica.freeAll(job.run());
    }
}
