package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.stage.BarrierStage;
import io.github.sparkcnn.train.stage.FailedStages;
import io.github.sparkcnn.train.stage.WorkOrder;
import io.github.sparkcnn.train.stage.WorkOrders;
import io.github.sparkcnn.train.stage.WorkResults;
import io.github.sparkcnn.train.stage.WorkerStage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Parameter averaging between the workers of one barrier stage, who train their own shares, take the mean of parameters and
 * updater states directly from each other, and evaluate what that comes to on their shares of the test images. After every epoch the driver receives the state, and the workers wait for its word
 * before they go on with their own; it gives that when it has decided, and writes and tells while they train. A task that fails makes Spark repeat the stage: its tasks fetch the driver's last state, and the
 * epoch begins from its start: with the same number of workers the result is the same to the bit.
 */
final class AllReduceTrainer implements Trainer {

    private final JavaSparkContext spark;
    private final Network network;
    private final Shares shares;
    private final Optional<TestShares> test;
    private final int iterations;
    private final Coordinator coordinator;
    private final AllReduceWorker.Job job;
    private final WorkerStage stage;
    private final FailedStages failures;
    private final WorkOrders work;
    private int orders;
    private int current;
    /** The epoch that the workers train; empty where none is waited for. */
    private Optional<CompletableFuture<Ended>> begun = Optional.empty();
    /** The evaluation that the workers go on with when they have trained it; empty where none is waited for. */
    private Optional<CompletableFuture<WorkResults>> evaluated = Optional.empty();

    /** The network's; empty where somebody else may have changed that. */
    private Optional<NetworkState> state = Optional.empty();

    private int version;

    /**
     * An epoch that all workers have trained.
     *
     * @param failures why they have begun it again
     */
    private record Ended(WorkResults results, PartOfEpoch before, List<String> failures) {

        /** All workers say the same of the losses. */
        void requireFinite() {
            double lossSum = parsed(results.reports().get(0)).lossSum();
            if (!Double.isFinite(lossSum)) {
                throw new DivergedException("the loss became " + lossSum);
            }
        }

        TrainedEpoch merged() {
            List<TrainedEpoch> workers =
                    results.reports().stream().map(Ended::parsed).toList();
            return new TrainedEpoch(
                    workers.get(0).lossSum(),
                    workers.get(0).images(),
                    workers.get(SharedState.SPEAKER).curve(),
                    before.seconds() + results.seconds(),
                    workers.stream()
                            .flatMap(worker -> worker.workers().stream())
                            .toList(),
                    workers.stream()
                            .flatMap(worker -> worker.devices().stream())
                            .toList(),
                    failures);
        }

        private static TrainedEpoch parsed(byte[] report) {
            try {
                return Json.read(report, TrainedEpoch.class);
            } catch (IOException e) {
                throw new IllegalStateException("a worker's report is none: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Waits for the first epoch.
     *
     * @param lookout done now and then while the driver waits for the workers, which it gives up if it throws
     */
    AllReduceTrainer(
            JavaSparkContext spark,
            Network network,
            DealtImages images,
            TrainingConfig training,
            KernelOptions kernels,
            Averaging averaging,
            Runnable lookout) {
        this.spark = spark;
        this.network = network;
        this.shares = images.training();
        this.test = images.test();
        MinibatchPlan plan = images.plan();
        this.iterations = plan.count(shares.sizes());
        String run = UUID.randomUUID().toString();
        this.work = new WorkOrders(shares.workers());
        this.coordinator = Coordinator.start(Transport.ofSpark(training.averagingTimeout()), run, work);
        int frequency = training.averagingFrequency();
        this.job = new AllReduceWorker.Job(
                new KeptReplica.Recipe(run, network.definition(), shares.shape(), kernels),
                coordinator.address(),
                plan,
                images.lossSpacing(),
                frequency,
                (iterations + frequency - 1) / frequency,
                training.averagingTimeout(),
                training.checkpoint().withinEpochs().orElse(null),
                averaging);
        this.stage = new WorkerStage(spark, work, this::beginStage, lookout);
        this.failures = new FailedStages(run);
        spark.sc().addSparkListener(failures);
    }

    private BarrierStage beginStage(int stagesBefore) {
        return JobName.marking(
                spark.sc(),
                job.run(),
                () -> BarrierStage.start(
                        WorkerShares.of(shares, test),
                        new AllReduceWorker(job, stagesBefore),
                        "Training by all-reduce with " + shares.workers() + " workers, from epoch " + (current + 1)));
    }

    @Override
    public boolean begin(Epoch epoch) {
        current = epoch.number();
        failures.take(); // of a stage that waited for this epoch, which was then not repeated
        double[] factors = epoch.rates().factors(iterations);
        CompletableFuture<Ended> trained = give(WorkOrder.train(
                        orders++, start(), epoch.number(), factors, epoch.before()))
                .thenApply(results -> new Ended(results, epoch.before(), failures.take()));
        begun = Optional.of(trained);
        evaluated = test.map(images -> evaluationOf(trained));
        return true;
    }

    /** Does not wait for the driver, which takes the state meanwhile. */
    private CompletableFuture<WorkResults> evaluationOf(CompletableFuture<Ended> epoch) {
        int number = orders++;
        int next = version + 1;
        return epoch.thenCompose(ended -> {
            ended.requireFinite();
            NetworkState after = ended.results().state().orElseThrow();
            return stage.goOn(
                    WorkOrder.evaluate(number, new WorkOrder.Start(next, after.iteration(), after.epoch())), after);
        });
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        if (begun.isEmpty()) {
            begin(epoch);
        }
        Ended ended = stage.await(begun.orElseThrow(), () -> {
            work.takeProgress().ifPresent(watch::progressed);
            work.takePart().ifPresent(part -> watch.partTrained(part.part(), part.state()));
        });
        begun = Optional.empty();
        ended.requireFinite();
        state = ended.results().state();
        state.orElseThrow().applyTo(network);
        version++;
        return ended.merged();
    }

    @Override
    public Optional<PartialEvaluation> evaluate() {
        return test.map(images -> {
            CompletableFuture<WorkResults> due = evaluated.orElseGet(() -> give(WorkOrder.evaluate(orders++, start())));
            evaluated = Optional.empty();
            return images.joined(stage.await(due, () -> {}).reports());
        });
    }

    @Override
    public void refresh() {
        state = Optional.empty();
        version++;
    }

    private WorkOrder.Start start() {
        if (state.isEmpty()) {
            state = Optional.of(NetworkState.of(network));
        }
        return new WorkOrder.Start(version, state.get().iteration(), state.get().epoch());
    }

    private CompletableFuture<WorkResults> give(WorkOrder order) {
        return stage.begin(order, state.orElseThrow());
    }

    @Override
    public void close() {
        stage.close();
        spark.sc().removeSparkListener(failures);
        coordinator.close();
        KeptReplica.freeAll(job.run());
    }
}
