package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.config.DataConfig.Normalization;
import io.github.sparkcnn.config.ElasticWorkers;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.OwnSteps;
import io.github.sparkcnn.data.minibatch.SharedSteps;
import io.github.sparkcnn.data.minibatch.Steps;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.PixelHistogram;
import io.github.sparkcnn.data.pack.Selection;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.track.LossCurve;
import io.github.sparkcnn.train.strategy.DealtImages;
import io.github.sparkcnn.train.strategy.TrainingStrategy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The images of a run: the training set packed in as many shares as there are workers, the test set likewise or in the driver. */
final class TrainingImages implements AutoCloseable {
    private static final int SHOWN_CLASSES = 20;

    private final Classes classes;
    private final PixelScale scale;
    private final List<DataFile> files;
    private final List<String> notices;
    private Shares shares;
    private Optional<TestImages> test;

    private TrainingImages(
            Shares shares,
            Classes classes,
            PixelScale scale,
            Optional<TestImages> test,
            List<DataFile> files,
            List<String> notices) {
        this.shares = shares;
        this.classes = classes;
        this.scale = scale;
        this.test = test;
        this.files = files;
        this.notices = notices;
    }

    /**
     * Reads, chooses and deals, as the keys {@code data.*} say.
     *
     * @param found the images to train on, at any size
     * @param foundTest those to evaluate on
     * @param atOnce runs that are trained at the same time, this one among them
     */
    static TrainingImages of(
            ImageTable found, Optional<ImageTable> foundTest, Configuration configuration, int workers, int atOnce) {
        DataConfig data = configuration.data();
        ImageTable training = resized(found, data);
        Optional<ImageTable> test = foundTest.map(table -> resized(table, data));
        test.ifPresent(table -> table.requireShapeOf(training));
        training.shape().requireInput("train on " + data.train());
        try (PackedTable packed = training.pack()) {
            Classes classes = packed.classes();
            Chosen chosen = choose(packed, data, configuration.training().seed());
            Shares shares = chosen.training().dealSteps(workers, cycle(configuration.training(), workers), atOnce);
            try {
                PixelScale scale = data.normalize() == Normalization.STANDARD
                        ? PixelHistogram.of(shares).standard()
                        : PixelScale.UNIT;
                Optional<List<Integer>> shown = configuration.tracking().explain();
                Function<Selection, TestImages> placed =
                        images -> TrainingStrategy.of(configuration).workersEvaluate()
                                ? TestImages.dealt(images, shares, scale, classes.size(), shown)
                                : TestImages.collected(images, scale, classes.size(), shown);
                Optional<Evaluated> evaluated = test.map(table -> evaluated(table.as(classes), placed))
                        .or(() -> chosen.validation().map(held -> new Evaluated(placed.apply(held), List.of())));
                return new TrainingImages(
                        shares,
                        classes,
                        scale,
                        evaluated.map(Evaluated::images),
                        Stream.concat(
                                        packed.files().stream(),
                                        evaluated.map(Evaluated::files).orElse(List.of()).stream())
                                .distinct()
                                .toList(),
                        notices(data, classes, training, test));
            } catch (Throwable e) {
                shares.close();
                throw e;
            }
        }
    }

    /** Images after which the first worker is next: those of a step of all together, or one for each worker. */
    private static int cycle(TrainingConfig training, int workers) {
        return training.batch().isTotal() ? training.batch().images() : workers;
    }

    private static ImageTable resized(ImageTable table, DataConfig data) {
        return data.resize().map(table::resized).orElse(table);
    }

    /** What of the training set is trained on, and what is held out. */
    private record Chosen(Selection training, Optional<Selection> validation) {}

    private static Chosen choose(PackedTable packed, DataConfig data, long seed) {
        Optional<Selection.HeldOut> parts =
                data.holdout().map(holdout -> packed.all().holdOut(holdout, seed));
        Selection trained = parts.map(Selection.HeldOut::training).orElseGet(packed::all);
        return new Chosen(
                data.trainImages().map(count -> trained.sample(count, seed)).orElse(trained),
                parts.map(Selection.HeldOut::validation));
    }

    /** Images that are evaluated on, and the files that hold no others. */
    private record Evaluated(TestImages images, List<DataFile> files) {}

    private static Evaluated evaluated(ImageTable test, Function<Selection, TestImages> placed) {
        try (PackedTable packed = test.pack()) {
            return new Evaluated(placed.apply(packed.all()), packed.files());
        }
    }

    private static List<String> notices(
            DataConfig data, Classes classes, ImageTable training, Optional<ImageTable> test) {
        return Stream.of(
                        data.labels().isEmpty() ? List.of("Classes: " + text(classes)) : List.<String>of(),
                        training.diagnosis().notices(data.train()),
                        test.map(table -> table.diagnosis().notices(data.test().orElseThrow()))
                                .orElse(List.of()))
                .flatMap(List::stream)
                .toList();
    }

    private static String text(Classes classes) {
        List<String> names = classes.names();
        String first = String.join(", ", names.subList(0, Math.min(SHOWN_CLASSES, names.size())));
        return names.size() + " (" + first + (names.size() > SHOWN_CLASSES ? ", …" : "") + ")";
    }

    /** What the workers train and evaluate on; where their number changes, the same images are dealt again. */
    DealtImages dealt(Configuration configuration) {
        MinibatchPlan plan = plan(configuration.training());
        return new DealtImages(
                shares,
                test.flatMap(TestImages::dealt),
                plan,
                LossCurve.spacing(
                        configuration.tracking().lossEvery(), plan.imagesOfStep(workers()), imagesOfEpoch(plan)),
                workers -> dealtTo(workers, configuration));
    }

    /** What the user must be told of the points of the loss within an epoch. */
    Optional<String> noticeOfLoss(Configuration configuration) {
        MinibatchPlan plan = plan(configuration.training());
        return LossCurve.notice(
                configuration.tracking().lossEvery(), plan.imagesOfStep(workers()), imagesOfEpoch(plan));
    }

    private long imagesOfEpoch(MinibatchPlan plan) {
        return plan.imagesBefore(plan.count(shares.sizes()), shares.sizes());
    }

    private DealtImages dealtTo(int workers, Configuration configuration) {
        Shares before = shares;
        shares = before.dealtTo(workers, cycle(configuration.training(), workers));
        before.close();
        test = test.map(images -> images.dealtBeside(shares));
        return dealt(configuration);
    }

    /** Those who train. */
    int workers() {
        return shares.workers();
    }

    ImageShape shape() {
        return shares.shape();
    }

    PixelScale scale() {
        return scale;
    }

    /** Refuses images of one class, and weights that are not one for every class. */
    void requireClasses(Configuration configuration) {
        if (classes.size() < 2) {
            throw new UserException(
                    "train on " + configuration.data().train(),
                    "all its " + count() + " images are of class "
                            + classes.names().get(0),
                    "Name images of several classes, or their names in data.labels");
        }
        configuration.requireWeights(classes);
    }

    /** What is said of a network that is trained on them. */
    ModelCard card(String network, Configuration configuration) {
        ModelCard card = ModelCard.unsaved(network, classes, shape(), scale);
        return configuration
                .data()
                .resize()
                .map(size -> card.resizing(size.mode()))
                .orElse(card);
    }

    /** The classes that the images are of. */
    Classes classes() {
        return classes;
    }

    /** The number of training images. */
    long count() {
        return shares.size();
    }

    /** How every worker makes minibatches of its share. */
    MinibatchPlan plan(TrainingConfig training) {
        return new MinibatchPlan(scale, steps(training, workers()), training.seed(), training.augmentation());
    }

    private Steps steps(TrainingConfig training, int workers) {
        int images = training.batch().images();
        return training.batch().isTotal()
                ? new SharedSteps(images, workers, count(), training.dropLast())
                : new OwnSteps(images, training.dropLast());
    }

    /** Optimizer steps of one worker in an epoch: those of the one that makes most. */
    long iterations(TrainingConfig training) {
        return plan(training).count(shares.sizes());
    }

    /**
     * Refuses to leave out every minibatch there is, with as many workers as there may be: epochs that see no image would succeed
     * without having trained.
     */
    void requireMinibatch(TrainingConfig training) {
        int fewest = training.elastic().map(ElasticWorkers::min).orElse(workers());
        shape().requireMinibatch(
                        training.batch().ofEach(fewest).get(0), training.batch().key());
        int most = training.elastic().map(ElasticWorkers::max).orElse(workers());
        int largest = (int) ((count() + most - 1) / most);
        if (steps(training, most).count(0, largest) == 0) {
            BatchSize batch = training.batch();
            String found = batch.isTotal()
                    ? "there is no full step: there are " + count() + " images"
                    : "no worker has a full minibatch: the largest share of " + most + " has " + largest + " images";
            throw new UserException(
                    "train with training.drop-last = true",
                    found + ", and " + batch.key() + " is " + batch.images(),
                    "Set training.drop-last to false or " + batch.key() + " to less");
        }
    }

    Optional<TestImages> test() {
        return test;
    }

    List<DataFile> files() {
        return files;
    }

    /** What the user must be told of the data. */
    List<String> notices() {
        return notices;
    }

    @Override
    public void close() {
        shares.close();
        test.ifPresent(TestImages::close);
    }
}
