package io.github.sparkcnn.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationSums;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerTimes;
import io.github.sparkcnn.track.tensorboard.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;

class TensorBoardListenerTest {

    @TempDir
    Path folder;

    private final Configuration configuration =
            ConfigurationReader.read("test", "", List.of("network.name=all-convolutional"));

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void writesCurvesDistributionsAndHyperParametersOfEveryEpoch() throws Exception {
        TensorBoardListener listener = listener();
        listener.started(configuration.flat());
        Network network = network();
        listener.epochTrained(
                new TrainedEpoch(
                        30_000,
                        60_000,
                        List.of(),
                        9,
                        List.of(new WorkerTimes(7, 1, 0.5, 0.25), new WorkerTimes(6, 0, 2.5, 0.75)),
                        List.of(),
                        List.of()),
                9);
        listener.stepsTrained(
                List.of(new StepMetrics(1, 117, 30_000, 0.625, 0.1), new StepMetrics(1, 235, 60_000, 0.375, 0.1)));
        listener.epochEnded(new EpochMetrics(1, 0.5, 0.4, 0.8, 0.1, 60_000, 9, 7000, 2), network);
        listener.epochTrained(new TrainedEpoch(18_000, 60_000, List.of(), 9, List.of(), List.of(), List.of()), 9);
        listener.epochEnded(new EpochMetrics(2, 0.3, null, null, 0.1, 60_000, 9, 7000, 2), network);
        listener.ended();

        List<EventRecord> events = EventRecord.readAll(Files.readAllBytes(onlyFile()));
        Map<String, Summary.Value> first = ofStep(events, 1);
        assertThat(first.get("loss/train").getSimpleValue()).isEqualTo(0.5f);
        assertThat(first.get("loss/validation").getSimpleValue()).isEqualTo(0.4f);
        assertThat(first.get("accuracy/validation").getSimpleValue()).isEqualTo(0.8f);
        assertThat(first.get("learning_rate").getSimpleValue()).isEqualTo(0.1f);
        assertThat(first.get("images_per_second").getSimpleValue()).isEqualTo(7000f);
        assertThat(first.get("time/compute_seconds").getSimpleValue()).isEqualTo(7f);
        assertThat(first.get("time/waiting_seconds").getSimpleValue()).isEqualTo(1.5f);
        assertThat(first.get("time/averaging_seconds").getSimpleValue()).isEqualTo(0.5f);
        double inHistograms = first.values().stream()
                .filter(Summary.Value::hasHisto)
                .mapToDouble(value -> value.getHisto().getNum())
                .sum();
        assertThat((long) inHistograms).isEqualTo(network.parameters().length());
        assertThat(ofStep(events, 2))
                .containsKey("loss/train")
                .doesNotContainKeys("loss/validation", "time/compute_seconds");
        assertThat(ofStep(events, 117).get("loss/step").getSimpleValue()).isEqualTo(0.625f);
        assertThat(ofStep(events, 235).get("loss/step").getSimpleValue()).isEqualTo(0.375f);
        assertThat(ofStep(events, 0).keySet()).containsExactly("_hparams_/session_start_info");
    }

    @Test
    void writesImagesIntoTheSameFile() throws Exception {
        TensorBoardListener listener = listener();
        listener.epochEnded(new EpochMetrics(1, 0.5, 0.4, 0.8, 0.1, 60_000, 9, 7000, 2), network());
        PackedImages test = SampleGarments.draw(Split.TEST, 30, 1);
        Evaluation evaluation = new Evaluation(
                EvaluationSums.of(10).report(SampleGarments.labels()),
                List.of(new Mistake(test.at(List.of(4)), 7, 0.5f)));
        listener.evaluated(1, test, evaluation);
        listener.ended();

        List<EventRecord> events = EventRecord.readAll(Files.readAllBytes(onlyFile()));
        assertThat(ofStep(events, 1)).containsKeys("loss/train", "images/test", "images/misclassified");
    }

    @Test
    void leavesNothingOfARunWithoutAnEpoch() {
        listener().ended();

        assertThat(folder.resolve("tensorboard")).doesNotExist();
    }

    private TensorBoardListener listener() {
        return new TensorBoardListener(
                new org.apache.hadoop.fs.Path(
                        "file", null, folder.resolve("tensorboard").toString()),
                new org.apache.hadoop.conf.Configuration(false));
    }

    private Network network() {
        return Architectures.build(
                "all-convolutional",
                ImageShape.MNIST,
                10,
                configuration.training().optimizer(),
                1);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Map<String, Summary.Value> ofStep(List<EventRecord> events, long step) {
        return events.stream()
                .filter(event -> event.step() == step && event.summary().getValueCount() > 0)
                .collect(Collectors.toMap(event -> event.value().getTag(), EventRecord::value));
    }
}
