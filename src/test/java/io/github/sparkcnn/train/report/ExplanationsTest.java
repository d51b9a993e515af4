package io.github.sparkcnn.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationSums;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.predict.CornerModel;
import io.github.sparkcnn.track.Manifest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

    private static final int CLASSES = CornerModel.CLASSES.size();
    private static final Mistake MISTAKE = mistake(200);
    private static final Network NETWORK = CornerModel.build();

    /** A network of Deeplearning4j on an engine looks at the corner: so does the picture. */
    @Test
    void theCornerThatTheNetworkLooksAtSpeaksForTheClass() {
        Explanations explained = explain(List.of(MISTAKE), Optional.empty());

        Evidence evidence = explained.mistakes().get(0);
        assertThat(evidence.label()).isEqualTo(1);
        assertThat(evidence.probability()).isCloseTo((float) CornerModel.probability(200), within(1e-5f));
        int mean = Math.round((4 * 200 + 100) / 256f);
        double fall = CornerModel.probability(200) - CornerModel.probability(mean);
        assertThat(evidence.falls()[0]).isCloseTo((float) fall, within(1e-5f));
        for (int pixel = 0; pixel < CornerModel.SHAPE.size(); pixel++) {
            boolean isCorner = pixel / 16 < 2 && pixel % 16 < 2;
            assertThat(evidence.falls()[pixel] == evidence.largestFall())
                    .as("pixel " + pixel)
                    .isEqualTo(isCorner);
        }
        assertThat(explained.samples()).isEmpty();
    }

    @Test
    void aLibraryThatIsMissingCostsThePicturesAlone() {
        Explanations explained = Explanations.of(
                model(() -> {
                    throw new UnsatisfiedLinkError("no such library");
                }),
                List.of(MISTAKE),
                Optional.empty());

        assertThat(explained).isEqualTo(Explanations.NONE);
    }

    @Test
    void mistakesAreOfThePredictedClassAndSamplesOfTheirs() {
        PackedBuilder samples = new PackedBuilder(CornerModel.SHAPE, 0);
        IntStream.range(0, 20).forEach(i -> samples.add(CornerModel.image(2, i % 2 * 255, 0), 0, i));

        Explanations explained = explain(Collections.nCopies(3, MISTAKE), Optional.of(samples.build()));

        assertThat(explained.mistakes()).extracting(Evidence::label).containsExactly(1, 1, 1);
        assertThat(explained.samples())
                .extracting(Evidence::label)
                .hasSize(RunReport.SAMPLES)
                .startsWith(0, 1, 0, 1);
    }

    @Test
    void theTimeIsBounded() {
        Explanations explained = Explanations.of(
                model(ExplanationsTest::open), List.of(MISTAKE), Optional.of(MISTAKE.image()), Duration.ZERO);

        assertThat(explained).isEqualTo(Explanations.NONE);
    }

    /** More of them than the report shows otherwise, and with no time for the mistakes. */
    @Test
    void allChosenImagesAreExplainedWhateverTheTime() {
        PackedBuilder chosen = new PackedBuilder(CornerModel.SHAPE, 0);
        IntStream.range(0, 20).forEach(i -> chosen.add(CornerModel.image(2, i % 2 * 255, 0), 0, i));
        Explanations.Model model = model(ExplanationsTest::open);

        Explanations hurried = Explanations.ofChosen(model, chosen.build(), List.of(MISTAKE), Duration.ZERO);
        Explanations whole = Explanations.ofChosen(model, chosen.build(), List.of(MISTAKE));

        assertThat(hurried.samples()).extracting(Evidence::label).hasSize(20).startsWith(0, 1, 0, 1);
        assertThat(hurried.mistakes()).isEmpty();
        assertThat(whole.mistakes()).extracting(Evidence::label).containsExactly(1);
    }

    @Test
    void nothingIsExplainedWhereThereIsNoReplica() {
        Explanations explained = Explanations.of(
                model(() -> {
                    throw new IllegalStateException("no room");
                }),
                List.of(MISTAKE),
                Optional.empty());

        assertThat(explained).isEqualTo(Explanations.NONE);
    }

    @Test
    void theReportShowsItBelowTheImages() {
        List<Mistake> mistakes = List.of(MISTAKE, mistake(255));
        Optional<PackedImages> samples = Optional.of(CornerModel.image(2, 0, 50));
        Explanations all = explain(mistakes, samples);
        Evaluation evaluation = new Evaluation(EvaluationSums.of(CLASSES).report(CornerModel.CLASSES), mistakes);

        String page = report().page(List.of(), List.of(), samples, Optional.of(evaluation), all, Optional.empty());

        assertThat(page)
                .contains(
                        "alt=\"What speaks for bright, 99 %: covering a part changes that by −82 to +0 points\"",
                        "<figcaption>never → dark 69 %</figcaption>", "speaks against it: covered, it is more probable")
                .containsOnlyOnce("was slid over it");
        assertThat(page.split("<img ", -1)).hasSize(1 + 2 * 3);
        String without = report().page(
                        List.of(), List.of(), samples, Optional.of(evaluation), Explanations.NONE, Optional.empty());
        assertThat(without).contains("<figcaption>never</figcaption>").doesNotContain("speaks for");
    }

    private static Explanations.Model model(Supplier<Replica> opened) {
        return new Explanations.Model(opened, PixelScale.UNIT, CLASSES);
    }

    private static RunReport report() {
        return new RunReport(
                "corner",
                ConfigurationReader.read("test", "", List.of()),
                new Manifest(
                        Map.of(),
                        null,
                        1,
                        "",
                        List.of(),
                        Map.of(),
                        null,
                        List.of(),
                        new Manifest.Workers("local", 1, List.of(1), "local", List.of(1), 1L),
                        Map.of(),
                        List.of()),
                CornerModel.CLASSES);
    }

    private static Explanations explain(List<Mistake> mistakes, Optional<PackedImages> samples) {
        return Explanations.of(model(ExplanationsTest::open), mistakes, samples);
    }

    private static Replica open() {
        return Engines.open(NETWORK, CornerModel.SHAPE, KernelOptions.defaults());
    }

    private static Mistake mistake(int corner) {
        return new Mistake(CornerModel.image(2, corner, 100), 1, (float) CornerModel.probability(corner));
    }
}
