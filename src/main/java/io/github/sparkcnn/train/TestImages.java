package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.pack.Selection;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.train.report.RunReport;
import io.github.sparkcnn.train.strategy.TestShares;
import java.util.List;
import java.util.Optional;

/**
 * The images that a run is evaluated on: all in the driver, or dealt to the workers, with the first of them in the driver.
 *
 * @param samples to be shown: the first, unless the configuration names others
 * @param dealt empty where {@code inDriver} is not
 */
record TestImages(PackedImages samples, Optional<TestSet> inDriver, Optional<TestShares> dealt)
        implements AutoCloseable {

    private static final int SAMPLES = 20;

    /**
     * Refuses to explain test images where there are none.
     *
     * @throws UserException saying what to set
     */
    static void requireAny(Configuration configuration) {
        if (configuration.tracking().explain().isPresent()
                && !configuration.data().hasValidation()) {
            throw new UserException(
                    "explain test images",
                    "tracking.explain is set, and there are none",
                    "Set data.test or data.validation-fraction, or tracking.explain to null");
        }
    }

    /**
     * Fetches all images.
     *
     * @param shown places of those to be shown; empty for the first
     */
    static TestImages collected(Selection images, PixelScale scale, int classes, Optional<List<Integer>> shown) {
        shown.ifPresent(places -> requireThere(places, images));
        PackedImages all = images.collect();
        return new TestImages(
                shown.map(all::at).orElseGet(() -> all.range(0, Math.min(SAMPLES, all.size()))),
                Optional.of(new TestSet(Share.of(all), scale, classes, RunReport.MISTAKES)),
                Optional.empty());
    }

    private static void requireThere(List<Integer> places, Selection images) {
        places.stream().filter(place -> place >= images.size()).findFirst().ifPresent(place -> {
            throw new UserException(
                    "explain test image " + place,
                    "there are " + images.size() + ", numbered from 0",
                    "Set tracking.explain to numbers up to " + (images.size() - 1));
        });
    }

    /**
     * Deals them to the workers who have these to train on.
     *
     * @param shown places of those to be shown; empty for the first
     */
    static TestImages dealt(
            Selection images, Shares training, PixelScale scale, int classes, Optional<List<Integer>> shown) {
        shown.ifPresent(places -> requireThere(places, images));
        PackedImages samples =
                shown.map(images::collect).orElseGet(() -> images.first(SAMPLES).collect());
        TestShares shares =
                new TestShares(images.dealBatches(training, TestSet.BATCH), scale, classes, RunReport.MISTAKES);
        return new TestImages(samples, Optional.empty(), Optional.of(shares));
    }

    /** The same where the training images have been dealt to another number of workers. */
    TestImages dealtBeside(Shares training) {
        return new TestImages(samples, inDriver, dealt.map(images -> {
            Shares again = images.shares().dealtBeside(training);
            images.shares().close();
            return images.of(again);
        }));
    }

    /** Predicts those that are in the driver with its replica. */
    PartialEvaluation evaluateInDriver(Replica replica) {
        replica.refresh();
        return inDriver.orElseThrow().evaluate(replica);
    }

    @Override
    public void close() {
        dealt.ifPresent(test -> test.shares().close());
    }
}
