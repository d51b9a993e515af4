package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** What each task of the barrier stage does in an epoch: finds the others, trains its share, brings back the result. */
final class AllReduceWorker implements FlatMapFunction<Iterator<Share>, AllReduceWorker.Result> {
    private static final long serialVersionUID = 1L;

    static final String PROGRESS = "progress";
    /** More than Spark repeats a stage; so that an attempt is named by one number, which only grows. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final long NANOS_BETWEEN_REPORTS = 500_000_000L;

    private final Job job;
    private final Broadcast<NetworkState> start;
    private final int epoch;
    private final int rounds;
    private final StepRates rates;

    /** What stays the same from epoch to epoch. */
    record Job(KeptReplica.Recipe replica, Address driver, MinibatchPlan plan, int averagingFrequency, Duration timeout)
            implements Serializable {

        String run() {
            return replica.run();
        }
    }

    /**
     * What a task brings back.
     *
     * @param epoch losses and images of all workers, the same from each; times and device of this one
     * @param state of the averaged network, from rank 0; null from the others
     */
    record Result(TrainedEpoch epoch, NetworkState state) implements Serializable {

        int rank() {
            return epoch.devices().get(0).worker();
        }
    }

    AllReduceWorker(Job job, Broadcast<NetworkState> start, int epoch, int rounds, StepRates rates) {
        this.job = job;
        this.start = start;
        this.epoch = epoch;
        this.rounds = rounds;
        this.rates = rates;
    }

    @Override
    public Iterator<Result> call(Iterator<Share> partition) {
        Kernels.wake();
        TaskContext task = TaskContext.get();
        Share share = partition.next();
        Transport transport = Transport.ofSpark(job.timeout());
        RunAttempt run = new RunAttempt(job.run(), epoch * MOST_ATTEMPTS + task.stageAttemptNumber());
        try (DriverLink driver = DriverLink.connect(transport, job.driver(), run, task.partitionId());
                Communicator workers = driver.join(task.numPartitions(), task::isInterrupted)) {
            return List.of(train(share, task, driver, workers)).iterator();
        }
    }

    private Result train(Share share, TaskContext task, DriverLink driver, Communicator workers) {
        int rank = workers.rank();
        try (KeptReplica kept = KeptReplica.take(job.replica())) {
            Replica replica = kept.replica();
            replica.write(start.value());
            AveragingRounds loop = new AveragingRounds(
                    new EpochSteps(replica, rates, job.plan().seed(), epoch, rank),
                    job.plan().of(share),
                    workers,
                    job.averagingFrequency());
            loop.train(rounds, new Progress(task, rank == 0 ? Optional.of(driver) : Optional.empty()));
            TrainedEpoch trained = new TrainedEpoch(
                    loop.lossSum(),
                    loop.images(),
                    List.of(loop.times()),
                    List.of(WorkerDevice.here(rank, replica.backend())),
                    List.of());
            return new Result(trained, rank == 0 ? replica.read() : null);
        } catch (RuntimeException | Error e) {
            // Closing alone would look to the others like leaving in peace.
            workers.fail(e.toString());
            throw e;
        }
    }

    /** Tells the driver now and then how far the epoch is, and ends the task when Spark has given it up. */
    private static final class Progress implements LongConsumer {
        private final TaskContext task;
        private final Optional<DriverLink> driver;
        private long last = System.nanoTime();

        Progress(TaskContext task, Optional<DriverLink> driver) {
            this.task = task;
            this.driver = driver;
        }

        @Override
        public void accept(long images) {
            if (task.isInterrupted()) {
                throw new TaskKilledException("the stage is being repeated");
            }
            long now = System.nanoTime();
            if (now - last > NANOS_BETWEEN_REPORTS) {
                last = now;
                driver.ifPresent(link -> link.call(
                        PROGRESS,
                        ByteBuffer.allocate(Long.BYTES).putLong(images).flip()));
            }
        }
    }
}
