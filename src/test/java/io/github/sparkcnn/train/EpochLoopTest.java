package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.start.OptimizerInForce;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.strategy.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of what happens, with a trainer that does nothing. */
class EpochLoopTest {

    private final List<String> events = new ArrayList<>();
    private List<Integer> parts = List.of();
    private final Phases phases = new Phases();
    private final Configuration configuration =
            ConfigurationReader.read("loop", "", List.of("data.train=unread", "network.name=all-convolutional"));
    private final Network network = Architectures.build(
            "all-convolutional", ImageShape.MNIST, 10, configuration.training().optimizer(), 1);

    /** Whose workers begin when they are told to, or do not. */
    private final class Recorder implements Trainer {
        private final boolean begins;

        Recorder(boolean begins) {
            this.begins = begins;
        }

        @Override
        public boolean begin(Epoch epoch) {
            if (begins) {
                events.add("begin " + (epoch.number() + 1));
            }
            return begins;
        }

        @Override
        public TrainedEpoch train(Epoch epoch, Watch watch) {
            events.add("train " + (epoch.number() + 1)
                    + (epoch.before().equals(PartOfEpoch.NONE)
                            ? ""
                            : " behind " + epoch.before().minibatches()));
            for (int minibatches : parts) {
                watch.partTrained(new PartOfEpoch(minibatches, 1, 1, 1, List.of()), NetworkState.of(network));
            }
            return new TrainedEpoch(8, 4, List.of(), 2, List.of(), List.of(), List.of());
        }

        @Override
        public void close() {
            throw new AssertionError("it is not the loop's");
        }
    }

    private TrainingListener recording(String verb) {
        return new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics, Network trained) {
                events.add(verb + " " + metrics.epoch());
            }
        };
    }

    @Test
    void theWorkersTrainTheNextEpochWhileTheDriverWritesAndTells() {
        loop(true, () -> events.add("ask")).run(new GoodEpochs(List.of(), PartOfEpoch.NONE, network), 3);

        assertThat(events)
                .containsExactly(
                        "train 1", "ask", "begin 2", "keep 1", "tell 1", //
                        "train 2", "ask", "begin 3", "keep 2", "tell 2", //
                        "train 3", "ask", "keep 3", "tell 3");
        assertThat(phases.epochs())
                .extracting(Map::keySet)
                .satisfiesExactly(
                        first -> assertThat(first).containsExactly("total", "train", "evaluate", "other"),
                        second -> assertThat(second)
                                .containsExactly("total", "train", "evaluate", "train.save", "train.tell", "other"),
                        third -> assertThat(third)
                                .containsExactly(
                                        "total",
                                        "train",
                                        "evaluate",
                                        "train.save",
                                        "train.tell",
                                        "save",
                                        "tell",
                                        "other"));
    }

    @Test
    void anEpochThatTrainsWithTheDriversNetworkWaitsUntilThatIsWritten() {
        loop(false, () -> events.add("ask")).run(new GoodEpochs(List.of(), PartOfEpoch.NONE, network), 2);

        assertThat(events).containsExactly("train 1", "ask", "keep 1", "tell 1", "train 2", "ask", "keep 2", "tell 2");
        assertThat(phases.epochs())
                .extracting(Map::keySet)
                .allSatisfy(parts ->
                        assertThat(parts).containsExactly("total", "train", "evaluate", "save", "tell", "other"));
    }

    @Test
    void whoMayNoLongerWriteBeginsNothing() {
        EpochLoop loop = loop(true, () -> {
            throw new IllegalStateException("taken");
        });

        assertThatThrownBy(() -> loop.run(new GoodEpochs(List.of(), PartOfEpoch.NONE, network), 3))
                .hasMessage("taken");
        assertThat(events).containsExactly("train 1");
    }

    @Test
    void aPartIsKeptWhereItMayBe() {
        parts = List.of(7);

        loop(false, () -> events.add("ask")).run(new GoodEpochs(List.of(), PartOfEpoch.NONE, network), 1);

        assertThat(events).containsExactly("train 1", "ask", "part 7", "ask", "keep 1", "tell 1");
    }

    /** As of an epoch that is begun again, which comes by the states that it has come by before. */
    @Test
    void theNewestPartIsNotReplacedByAnOlderOne() {
        parts = List.of(7, 3, 7, 9);

        loop(false, () -> {}).run(new GoodEpochs(List.of(), new PartOfEpoch(5, 1, 1, 1, List.of()), network), 1);

        assertThat(events).containsExactly("train 1 behind 5", "part 7", "part 9", "keep 1", "tell 1");
    }

    @Test
    void aPartWhoseParametersAreNoNumbersIsNotKept() {
        parts = List.of(7);
        network.model().params().putScalar(3, Float.NaN);

        assertThatThrownBy(() -> loop(false, () -> {}).run(new GoodEpochs(List.of(), PartOfEpoch.NONE, network), 1))
                .isInstanceOf(DivergedException.class);
        assertThat(events).containsExactly("train 1");
    }

    @Test
    void theFirstEpochGoesOnBehindItsPart() {
        GoodEpochs begun = new GoodEpochs(List.of(), new PartOfEpoch(350, 1, 2, 3, List.of()), network);
        assertThat(begun.title()).contains("350 minibatches of epoch 1");

        loop(true, () -> {}).run(begun, 2);

        assertThat(events)
                .containsExactly("train 1 behind 350", "begin 2", "keep 1", "tell 1", "train 2", "keep 2", "tell 2");
        assertThat(begun.title()).contains("epoch 2");
        assertThat(new GoodEpochs(begun.metrics(), new PartOfEpoch(9, 1, 2, 3, List.of()), network).title())
                .contains("epoch 2 and 9 minibatches of epoch 3");
        assertThat(new GoodEpochs(List.of(), PartOfEpoch.NONE, network).title()).isEmpty();
    }

    @Test
    void theSecondsAreThoseOfTheTrainingNotOfTheWaiting() {
        GoodEpochs epochs = new GoodEpochs(List.of(), PartOfEpoch.NONE, network);

        loop(true, () -> {}).run(epochs, 2);

        assertThat(epochs.metrics()).allSatisfy(epoch -> {
            assertThat(epoch.imagesPerSecond()).isEqualTo(2);
            assertThat(epoch.seconds()).isBetween(2.0, 3.0);
        });
    }

    private EpochLoop loop(boolean begins, Runnable permission) {
        Trainer trainer = new Recorder(begins);
        return new EpochLoop(
                network,
                4,
                trainer,
                new Evaluator(Optional.empty(), List.of(), trainer, null),
                new LearningRateCourse(OptimizerInForce.configured(configuration.training()), 1),
                new EarlyStopping(configuration.training().earlyStopping()),
                new Keepers(
                        permission,
                        List.of(),
                        recording("keep"),
                        (part, state) -> events.add("part " + part.minibatches())),
                recording("tell"),
                phases);
    }
}
