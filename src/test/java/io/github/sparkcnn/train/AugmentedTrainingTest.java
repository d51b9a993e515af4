package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentedTrainingTest extends SparkTest {

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeEach
    void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 40, 2);
        runs = new SmallRuns(spark(), folder);
    }

    @Test
    void trainsOnAugmentedImagesAndEvaluatesOnThemAsTheyAre() {
        TrainingResult plain = train("plain", "training.augmentation=[]");
        TrainingResult flipped = train("flipped", "training.augmentation=[{name=flip,probability=1}]");

        assertThat(runs.parameters("flipped")).isNotEqualTo(runs.parameters("plain"));
        assertThat(flipped.last().trainLoss()).isNotEqualTo(plain.last().trainLoss());
        assertThat(flipped.last().validationLoss())
                .isEqualTo(evaluation("flipped").loss());
    }

    /** All images in one step: the same gradient, summed in another order, though each worker has other images. */
    @Test
    void twoWorkersSeeTheAugmentedImagesOfOne() {
        String augmentation = "training.augmentation=[{name=flip},{name=crop,padding=3}]";
        train("one", augmentation, "training.strategy=all-reduce", "training.workers=1", "training.batch-size=40");
        train("two", augmentation, "training.strategy=all-reduce", "training.workers=2", "training.batch-size=20");

        assertThat(SmallRuns.furthest(runs.parameters("one"), runs.parameters("two")))
                .isLessThan(1e-6);
    }

    private TrainingResult train(String name, String... further) {
        String[] all = new String[5 + further.length];
        all[0] = "data.train=" + folder.resolve("train.csv");
        all[1] = "data.test=" + folder.resolve("test.csv");
        all[2] = "training.optimizer.name=sgd";
        all[3] = "training.optimizer.learning-rate=0.2";
        all[4] = "training.batch-size=20";
        System.arraycopy(further, 0, all, 5, further.length);
        return runs.train(name, all);
    }

    private EvaluationReport evaluation(String name) {
        return new EvaluationRun(
                        spark(),
                        runs.storage(),
                        runs.path(name),
                        folder.resolve("test.csv").toString(),
                        ImageFormats.AUTO)
                .execute();
    }
}
