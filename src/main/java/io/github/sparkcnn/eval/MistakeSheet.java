package io.github.sparkcnn.eval;

import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.explain.EvidencePicture;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.ContactSheet.Cell;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.PredictionColumns.Kept;
import io.github.sparkcnn.predict.PredictionColumns.Made;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.Predictions;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code data show --model}: a saved model's mistakes on labelled images as a PNG file, the most confident first, and under
 * each what speaks for the class that it was taken for, where that is asked for.
 */
public final class MistakeSheet {

    private final SparkSession spark;
    private final Storage storage;
    private final String model;
    private final PredictionDevice device;
    private final Path target;

    /** Prepares the job for a model's folder and a file to write; nothing happens yet. */
    public MistakeSheet(SparkSession spark, Storage storage, String model, PredictionDevice device, Path target) {
        this.spark = spark;
        this.storage = storage;
        this.model = model;
        this.device = device;
        this.target = target;
    }

    /**
     * What is drawn.
     *
     * @param count mistakes at most
     * @param explained whether with what speaks for the predicted class
     */
    public record Wanted(int count, boolean explained) {}

    /**
     * What there was to draw.
     *
     * @param images that were predicted
     * @param mistakes all of them
     * @param drawn the most confident; where there are none, no file is written
     */
    public record Result(long images, long mistakes, int drawn) {}

    /** Predicts each image once, on the executors, and tells which images were left out. */
    public Result execute(ImageSource data, Wanted wanted, Consumer<String> notices) {
        NamedOutput output = new NamedOutput(storage, target, "--output");
        output.requireNewFile();
        device.wake();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        ImageTable found = EvaluationRun.images(new ImageReader(spark, storage), saved, data);
        ImageTable images = saved.card().resized().map(found::resized).orElse(found);
        try (Predictions predictions = Predictions.of(spark, saved, PredictionEngine.AUTO, device)) {
            ConfidentMistakes all = images.diagnosis()
                    .told(() -> JobName.during(
                            spark.sparkContext(),
                            "Evaluating on " + data.path(),
                            () -> mistakes(predictions, images, wanted.count())));
            if (all.images() == 0) {
                throw EvaluationRun.noImage(data.path());
            }
            images.diagnosis().notices(data.path()).forEach(notices);
            List<Mistake> mistakes = all.kept(images.shape());
            if (!mistakes.isEmpty()) {
                List<Evidence> evidence = wanted.explained() ? explain(predictions, mistakes) : List.of();
                byte[] png = ContactSheet.png(ContactSheet.draw(
                        images.shape(),
                        mistakes.size(),
                        cells(mistakes, evidence, saved.card().labels())));
                output.write(out -> out.write(png));
            }
            return new Result(all.images(), all.mistakes(), mistakes.size());
        }
    }

    private static ConfidentMistakes mistakes(Predictions predictions, ImageTable images, int most) {
        Dataset<Row> rows = predictions.of(
                images.labelledRows(),
                new PredictionColumns(
                        List.of(
                                new Kept("label", "label"),
                                new Kept("pixels", "pixels"),
                                new Made(Predicted.LABEL, "predicted"),
                                new Made(Predicted.PROBABILITY)),
                        0));
        ConfidentMistakes.Merge merge = new ConfidentMistakes.Merge();
        return rows.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(new ConfidentMistakes.Collect(most), false)
                .treeAggregate(new ConfidentMistakes(most), merge, merge);
    }

    private static List<Evidence> explain(Predictions predictions, List<Mistake> mistakes) {
        return predictions.explain(mistakes.stream()
                .map(mistake -> new Predictions.Asked(mistake.image(), mistake.predicted()))
                .toList());
    }

    /** The true class, what it was taken for, and how probable that is; on lines of their own, for images are narrow. */
    private static IntFunction<Cell> cells(List<Mistake> mistakes, List<Evidence> evidence, List<String> names) {
        return i -> {
            Mistake mistake = mistakes.get(i);
            List<String> caption = List.of(
                    names.get(mistake.label()),
                    "→ " + names.get(mistake.predicted()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * mistake.probability()));
            return new Cell(
                    caption,
                    evidence.isEmpty()
                            ? List.of(ContactSheet.image(mistake.image(), 0))
                            : List.of(
                                    ContactSheet.image(mistake.image(), 0),
                                    EvidencePicture.draw(mistake.image(), 0, evidence.get(i))));
        };
    }
}
