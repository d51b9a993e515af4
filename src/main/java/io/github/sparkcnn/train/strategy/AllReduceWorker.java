package io.github.sparkcnn.train.strategy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.kernel.CudaBinding;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.kernel.torch.group.Nccl;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import io.github.sparkcnn.train.feed.Feed;
import io.github.sparkcnn.train.stage.TrainedPart;
import io.github.sparkcnn.train.stage.WorkOrder;
import io.github.sparkcnn.train.stage.WorkerCalls;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What each task of the barrier stage does: finds the others, and trains and evaluates on its shares as the driver says. */
final class AllReduceWorker implements FlatMapFunction<Iterator<WorkerShares>, Integer> {
    private static final long serialVersionUID = 1L;

    /** More than Spark repeats a stage; so that an attempt is named by one number, which only grows. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final long NANOS_BETWEEN_REPORTS = 500_000_000L;

    private final Job job;
    private final int stagesBefore;

    /**
     * What stays the same.
     *
     * @param lossSpacing images of all workers between two points of the loss; 0 for none
     * @param rounds in an epoch
     * @param parts after which time a part of an epoch is brought to the driver; null for never
     * @param averaging by what
     */
    record Job(
            KeptReplica.Recipe replica,
            Address driver,
            MinibatchPlan plan,
            long lossSpacing,
            int averagingFrequency,
            int rounds,
            Duration timeout,
            Duration parts,
            Averaging averaging)
            implements Serializable {

        Communicator averaging(Communicator workers) {
            if (averaging == Averaging.RING) {
                return workers;
            }
            try {
                Assigned gpu = CudaBinding.bound().orElseThrow();
                RequiredBackend.requireNccl(replica.kernels().engine(), gpu.device());
                return Nccl.over(workers, gpu.name(), timeout);
            } catch (RuntimeException | Error e) { // the others hear why, and not that this one has left in peace
                workers.fail(e.toString());
                throw e;
            }
        }

        String run() {
            return replica.run();
        }
    }

    AllReduceWorker(Job job, int stagesBefore) {
        this.job = job;
        this.stagesBefore = stagesBefore;
    }

    @Override
    public Iterator<Integer> call(Iterator<WorkerShares> partition) {
        Kernels.wake();
        TaskContext task = TaskContext.get();
        WorkerShares shares = partition.next();
        Transport transport = Transport.ofSpark(job.timeout());
        RunAttempt run = new RunAttempt(job.run(), stagesBefore * MOST_ATTEMPTS + task.stageAttemptNumber());
        try (DriverLink driver = DriverLink.connect(transport, job.driver(), run, task.partitionId());
                Communicator joined = driver.join(task.numPartitions(), task::isInterrupted);
                Communicator workers = job.averaging(joined)) {
            work(shares, new WorkerCalls(driver, task::isInterrupted), workers);
            return Collections.emptyIterator();
        }
    }

    private void work(WorkerShares shares, WorkerCalls driver, Communicator workers) {
        try (KeptReplica kept = KeptReplica.take(job.replica());
                Feed feed = Feed.of(job.plan().of(shares.training()), kept.replica())) {
            Replica replica = kept.replica();
            SharedState state = new SharedState(replica, driver, workers);
            Optional<WorkOrder> order = driver.next(Optional.empty());
            while (order.isPresent()) {
                state.goOnFrom(order.get());
                byte[] report;
                if (order.get().kind() == WorkOrder.Kind.TRAIN) {
                    TrainedEpoch trained = train(order.get(), replica, feed, driver, workers);
                    state.trained(order.get());
                    report = Json.line(trained).getBytes(UTF_8);
                } else {
                    report = TestShares.report(shares.test().orElseThrow(), replica);
                }
                driver.done(order.get(), report);
                order = driver.next(order);
            }
        } catch (RuntimeException | Error e) {
            // Closing alone would look to the others like leaving in peace.
            workers.fail(e.toString());
            throw e;
        }
    }

    /** Losses and images of all workers, the same from each, but their curve from one alone; seconds, times and device of this one. */
    private TrainedEpoch train(WorkOrder order, Replica replica, Feed feed, WorkerCalls driver, Communicator workers) {
        int rank = workers.rank();
        AveragingRounds loop = new AveragingRounds(
                new EpochSteps(replica, i -> order.factors()[i], job.plan().seed(), order.epoch(), rank),
                feed,
                workers,
                job.averagingFrequency(),
                job.lossSpacing());
        boolean speaks = rank == SharedState.SPEAKER;
        loop.train(order.before(), job.rounds(), progress(order, replica, driver, speaks));
        return new TrainedEpoch(
                loop.lossSum(),
                loop.images(),
                speaks ? loop.curve() : List.of(),
                loop.seconds(),
                List.of(loop.times()),
                List.of(WorkerDevice.here(rank, replica.backend())),
                List.of());
    }

    /** After a round all hold the same state, and one worker brings it. */
    private Consumer<PartOfEpoch> progress(WorkOrder order, Replica replica, WorkerCalls driver, boolean speaks) {
        Progress progress = new Progress(driver, speaks);
        Consumer<PartOfEpoch> told = part -> progress.accept(part.progress());
        if (!speaks || job.parts() == null) {
            return told;
        }
        return told.andThen(new AveragingRounds.KeptParts(
                job.parts(),
                job.rounds() * job.averagingFrequency(),
                part -> driver.trainedPart(order, new TrainedPart(part, replica.read()))));
    }

    /** Tells the driver now and then how far the epoch is, and ends the task when Spark has given it up. */
    private static final class Progress implements Consumer<EpochProgress> {
        private final WorkerCalls driver;
        private final boolean told;
        private long last = System.nanoTime() - NANOS_BETWEEN_REPORTS;

        Progress(WorkerCalls driver, boolean told) {
            this.driver = driver;
            this.told = told;
        }

        @Override
        public void accept(EpochProgress progress) {
            driver.requireWanted();
            long now = System.nanoTime();
            if (told && now - last >= NANOS_BETWEEN_REPORTS) {
                last = now;
                driver.progressed(progress);
            }
        }
    }
}
