package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.ElasticWorkers;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.stage.TooFewSlotsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The session has two slots; what the trainer hears of them is up to each test. */
@Timeout(180)
class ElasticTrainerTest extends SparkTest {

    private static final int IMAGES = 50;

    @TempDir
    static Path folder;

    private static PackedTable table;
    private static Configuration configuration;

    private final Network network = Architectures.build(
            "fashion-cnn", ImageShape.MNIST, 10, configuration.training().optimizer(), 1);
    private final List<String> notices = new ArrayList<>();
    private final List<Shares> dealt = new ArrayList<>();
    private volatile int slots;

    @BeforeAll
    static void pack() throws IOException {
        Kernels.wake();
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        configuration = ConfigurationReader.read(
                "test", "", List.of("data.train=" + folder.resolve("train.csv"), "training.averaging-frequency=1"));
        table = new ImageReader(spark(), Storage.ofLocalMaster(jsc().hadoopConfiguration()))
                .read(ImageSource.train(configuration.data()))
                .pack();
    }

    @AfterAll
    static void close() {
        table.close();
    }

    /** One worker, two from the second epoch on, one again in the third, which two have begun. */
    @Test
    void goesOnWithWhoeverIsThereAsTrainersOfSoManyWorkersDo() {
        slots = 1;
        List<Integer> workers = new ArrayList<>();
        List<String> failures;
        try (Trainer elastic = elastic(1, 2)) {
            workers.add(elastic.train(epoch(0), watch()).workers().size());
            slots = 2;
            elastic.begin(epoch(1));
            workers.add(elastic.train(epoch(1), watch()).workers().size());
            elastic.begin(epoch(2));
            slots = 1;
            TrainedEpoch last = elastic.train(epoch(2), watch());
            workers.add(last.workers().size());
            failures = last.failures();
        } finally {
            dealt.get(0).close();
        }

        assertThat(workers).containsExactly(1, 2, 1);
        assertThat(notices).containsExactly("Workers: 2 instead of 1 from epoch 2 on, as the cluster has 2 slots");
        assertThat(failures).containsExactly("1 worker of 2: the cluster has 1 slot");
        NetworkState expected = trainedBy(1, 2, 1);
        assertThat(NetworkState.of(network).parameters()).isEqualTo(expected.parameters());
        assertThat(NetworkState.of(network).updater()).isEqualTo(expected.updater());
        assertThat(NetworkState.of(network).iteration()).isEqualTo(expected.iteration());
    }

    @Test
    void doesNotGoOnWithFewerThanItNeeds() {
        slots = 2;
        try (Trainer elastic = elastic(2, 2)) {
            slots = 1;
            assertThatThrownBy(() -> elastic.train(epoch(0), watch()))
                    .isInstanceOf(UserException.class)
                    .hasMessage("Cannot go on training with 1 worker: the cluster has 1 slot since 9 s, and"
                            + " training.workers.min is 2. Lower training.workers.min or give the application more executors;"
                            + " --resume goes on from the last checkpoint.");
        } finally {
            dealt.get(0).close();
        }
    }

    /** One of two is gone when they are to evaluate: the one that is left does, on all the images. */
    @Test
    void evaluatesAgainWithThoseThatAreLeft() {
        slots = 2;
        List<Integer> asked = new ArrayList<>();
        ElasticWorkers range = new ElasticWorkers(1, 2, Duration.ofSeconds(9));
        try (Trainer elastic = new ElasticTrainer(
                range, () -> slots, images(2), (images, lookout) -> evaluating(images.workers(), asked))) {
            elastic.train(epoch(0), watch());
            slots = 1;
            assertThat(elastic.evaluate()).isPresent();
        } finally {
            dealt.get(0).close();
        }

        assertThat(asked).containsExactly(2, 1);
        assertThat(notices).containsExactly("Going on without 1 worker of 2: the cluster has 1 slot");
    }

    private Trainer evaluating(int workers, List<Integer> asked) {
        return new Trainer() {
            @Override
            public TrainedEpoch train(Epoch epoch, Watch watch) {
                return new TrainedEpoch(1, IMAGES, List.of(), 1, List.of(), List.of(), List.of());
            }

            @Override
            public Optional<PartialEvaluation> evaluate() {
                asked.add(workers);
                if (slots < workers) {
                    throw new TooFewSlotsException(slots);
                }
                return Optional.of(new PartialEvaluation(2, 1));
            }

            @Override
            public void close() {
                // it holds nothing
            }
        };
    }

    private Trainer elastic(int min, int max) {
        ElasticWorkers range = new ElasticWorkers(min, max, Duration.ofSeconds(9));
        return new ElasticTrainer(range, () -> slots, images(range.of(slots)), this::impatient);
    }

    /** The states of trainers that each have one number of workers, one after another. */
    private NetworkState trainedBy(int... workers) {
        Network other = Architectures.build(
                "fashion-cnn", ImageShape.MNIST, 10, configuration.training().optimizer(), 1);
        for (int i = 0; i < workers.length; i++) {
            DealtImages images = images(workers[i]);
            try (Trainer fixed = trainer(other, images, () -> {})) {
                fixed.train(epoch(i), watch());
            } finally {
                images.training().close();
            }
        }
        return NetworkState.of(other);
    }

    private Trainer impatient(DealtImages images, Runnable lookout) {
        return new ImpatientTrainer(trainer(network, images, lookout), images.workers(), () -> slots);
    }

    private static Trainer trainer(Network trained, DealtImages images, Runnable lookout) {
        KernelOptions kernels = ReplicaOptions.ofWorker(jsc().getConf(), configuration, UpdateRule.PYTORCH);
        return new AllReduceTrainer(
                jsc(),
                trained,
                images,
                configuration.training(),
                kernels,
                configuration.device().averaging(),
                lookout);
    }

    private DealtImages images(int workers) {
        return images(table.all().deal(workers));
    }

    private DealtImages images(Shares shares) {
        dealt.clear();
        dealt.add(shares);
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, 8, false, 1, List.of());
        return new DealtImages(shares, Optional.empty(), plan, 0, workers -> {
            Shares again = shares.dealtTo(workers, workers);
            shares.close();
            return images(again);
        });
    }

    private static Trainer.Epoch epoch(int number) {
        var constant = configuration.training().schedule().schedule().over(7);
        double rate = configuration.training().optimizer().learningRate();
        return new Trainer.Epoch(number, new StepRates(constant, number * 7L, 7, rate), PartOfEpoch.NONE);
    }

    private Trainer.Watch watch() {
        return new NotedWatch(notices, IMAGES);
    }
}
