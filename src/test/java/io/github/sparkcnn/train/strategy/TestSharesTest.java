package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Selection;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.eval.NotANumberException;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.train.StripedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSharesTest extends SparkTest {

    /** Four batches and a bit, which no number of workers divides. */
    private static final int IMAGES = 4 * TestSet.BATCH + 33;

    private static final int CLASSES = 10;
    private static final int MISTAKES = 12;
    private static final List<String> NAMES =
            IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();

    @TempDir
    static Path folder;

    private static PackedTable table;
    private static Selection images;
    private static Evaluation inDriver;

    @BeforeAll
    static void evaluateInTheDriver() throws IOException {
        Kernels.wake();
        StripedImages.writeCsv(folder.resolve("test.csv"), IMAGES, 1);
        Configuration configuration = ConfigurationReader.read(
                "test", "", List.of("data.train=" + folder.resolve("test.csv"), "data.labels=[0,1,2,3,4,5,6,7,8,9]"));
        table = new ImageReader(spark(), Storage.ofLocalMaster(jsc().hadoopConfiguration()))
                .read(ImageSource.train(configuration.data()))
                .pack();
        images = table.all();
        Share all = Share.of(images.collect());
        try (Replica replica = replica(2)) {
            inDriver = new TestSet(all, PixelScale.UNIT, CLASSES, MISTAKES)
                    .evaluate(replica)
                    .evaluation(NAMES);
        }
    }

    @AfterAll
    static void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void anyNumberOfWorkersSaysWhatTheDriverSays(int workers) {
        try (Shares shares = dealt(workers)) {
            List<byte[]> reports = reports(shares);

            Evaluation joined = dealt(shares).joined(reports).evaluation(NAMES);
            Collections.reverse(reports);
            Evaluation backwards = dealt(shares).joined(reports).evaluation(NAMES);

            for (Evaluation evaluation : List.of(joined, backwards)) {
                assertThat(Json.line(evaluation.report().toMap()))
                        .isEqualTo(Json.line(inDriver.report().toMap()));
                assertThat(evaluation.mistakes()).hasSize(MISTAKES);
                assertThat(evaluation.mistakes().stream().map(TestSharesTest::text))
                        .containsExactlyElementsOf(inDriver.mistakes().stream()
                                .map(TestSharesTest::text)
                                .toList());
            }
        }
    }

    @Test
    void aMistakeHasItsImage() {
        PackedImages all = images.collect();

        assertThat(inDriver.mistakes()).allSatisfy(mistake -> {
            assertThat(mistake.image().pixels())
                    .isEqualTo(all.at(List.of(mistake.index())).pixels());
            assertThat(mistake.label()).isEqualTo(all.label(mistake.index())).isNotEqualTo(mistake.predicted());
        });
    }

    @Test
    void batchesStayTogether() {
        try (Shares shares = dealt(3)) {
            assertThat(shares.sizes()).containsExactly(2 * TestSet.BATCH, TestSet.BATCH + 33, TestSet.BATCH);
        }
    }

    @Test
    void aWorkerThatPredictsNoNumbersSaysSo() {
        try (Shares shares = dealt(1);
                Replica replica = replica(1)) {
            // The last bias: a ReLU would make 0 of one further in front.
            replica.lend(state -> state.get(0).putFloat(state.get(0).limit() - Float.BYTES, Float.NaN));

            assertThatThrownBy(() -> dealt(shares).joined(List.of(report(share(shares, 0), replica))))
                    .isInstanceOf(NotANumberException.class)
                    .hasMessageStartingWith("the network predicts NaN for class ");
        }
    }

    @Test
    void missingImagesAreNoticed() {
        try (Shares shares = dealt(2)) {
            List<byte[]> one = reports(shares).subList(0, 1);

            assertThatThrownBy(() -> dealt(shares).joined(one))
                    .hasMessage("the workers predicted " + (2 * TestSet.BATCH + 33) + " images of " + IMAGES);
        }
    }

    private static Shares dealt(int workers) {
        try (Shares training = images.deal(workers)) {
            return images.dealBatches(training, TestSet.BATCH);
        }
    }

    private static TestShares dealt(Shares shares) {
        return new TestShares(shares, PixelScale.UNIT, CLASSES, MISTAKES);
    }

    private static List<byte[]> reports(Shares shares) {
        List<byte[]> reports = new ArrayList<>();
        for (int worker = 0; worker < shares.workers(); worker++) {
            try (Replica replica = replica(1)) {
                reports.add(report(share(shares, worker), replica));
            }
        }
        return reports;
    }

    private static byte[] report(Share share, Replica replica) {
        return TestShares.report(new TestSet(share, PixelScale.UNIT, CLASSES, MISTAKES), replica);
    }

    /** One block each: the images are few. */
    private static Share share(Shares shares, int worker) {
        return Share.of(shares.images().collect().get(worker));
    }

    /** The same network each time, without training: it is wrong more often than not. */
    private static Replica replica(int threads) {
        Configuration configuration = ConfigurationReader.read("test", "", List.of("data.train=none.csv"));
        Network network = Architectures.build(
                "fashion-cnn",
                ImageShape.MNIST,
                CLASSES,
                configuration.training().optimizer(),
                1);
        return Engines.open(network, ImageShape.MNIST, KernelOptions.of(configuration.device(), threads));
    }

    private static String text(Mistake mistake) {
        return mistake.index() + " " + mistake.label() + " " + mistake.predicted() + " " + mistake.probability();
    }
}
