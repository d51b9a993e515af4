package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.column.Columns;
import io.github.sparkcnn.data.column.FirstImage;
import io.github.sparkcnn.data.column.ImageColumn;
import io.github.sparkcnn.data.column.LabelColumn;
import io.github.sparkcnn.data.column.LabelledImages;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TableTraining;
import io.github.sparkcnn.train.TrainedNetwork;
import io.github.sparkcnn.train.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One training of an estimator: the way from its parameters and a DataFrame to a trained network. */
final class Fit {

    private static final String TRAINING = "the DataFrame";
    private static final String VALIDATION = "the rows of the DataFrame for validation";

    /** Keys that say where images come from or where a run's folder is, of which there is none here. */
    private static final List<String> NOT_HERE =
            List.of("data.train", "data.test", "data.format", "data.columns", "data.sample", "training.checkpoint");

    /** Keys with a parameter that does more than the key. */
    private static final String SHAPE = "data.shape";

    /** A barrier stage needs all its slots at once, so that two that each hold some would wait for each other. */
    private static final Object TURN = new Object();

    private final CnnClassifier stage;
    private final Dataset<Row> rows;
    private final Configuration configuration;

    Fit(CnnClassifier stage, Dataset<Row> rows) {
        this.stage = stage;
        this.rows = rows;
        this.configuration = configuration(stage);
    }

    /** Refuses, before any data are read, what can be known to be impossible. */
    static void requireTrainable(CnnClassifier stage, StructType schema) {
        ImageColumn.of(schema, stage.getFeaturesCol());
        LabelColumn.of(schema, stage.getLabelCol());
        if (hasValidation(stage)) {
            requireBoolean(schema, stage.getValidationIndicatorCol());
        }
        stage.layout();
        TrainingRun.requireTrainable(configuration(stage));
    }

    private static void requireBoolean(StructType schema, String column) {
        if (!Columns.field(schema, column).dataType().equals(DataTypes.BooleanType)) {
            throw new UserException(
                    "tell training from validation images by column " + column,
                    "it is " + schema.apply(column).dataType().catalogString(),
                    "Set validationIndicatorCol to a column of booleans, true for validation");
        }
    }

    private static boolean hasValidation(CnnClassifier stage) {
        return stage.isDefined(stage.validationIndicatorCol());
    }

    private static Configuration configuration(CnnClassifier stage) {
        for (String key : NOT_HERE) {
            refuse(stage, key, "images come from the DataFrame, and there is no run's folder", "Leave it out");
        }
        refuse(stage, SHAPE, "there is a parameter for it", "Use setShape");
        List<String> settings = new ArrayList<>(stage.trainingParams().settings(stage));
        settings.add("data.train=" + TRAINING);
        if (hasValidation(stage)) {
            settings.add("data.test=" + VALIDATION);
        }
        return ConfigurationReader.read("the parameters of " + stage.uid(), "", settings);
    }

    private static void refuse(CnnClassifier stage, String key, String reason, String remedy) {
        stage.getConf().stream()
                .filter(setting -> ConfigurationReader.sets(setting, key))
                .findFirst()
                .ifPresent(setting -> {
                    throw new UserException("use " + setting + " in conf", reason, remedy);
                });
    }

    TrainedNetwork execute() {
        synchronized (TURN) {
            ImageColumn image = ImageColumn.of(rows.schema(), stage.getFeaturesCol());
            LabelColumn label = LabelColumn.of(rows.schema(), stage.getLabelCol());
            ImageShape shape = shape(image);
            ImageTable images = table(TRAINING, training(), image, label, shape);
            Optional<ImageTable> validation = validation().map(held -> table(VALIDATION, held, image, label, shape));
            return new TableTraining(
                            rows.sparkSession(),
                            configuration,
                            Storage.ofCluster(rows.sparkSession().sparkContext().hadoopConfiguration()),
                            List.of(new TrainingLog(
                                    stage.uid(), configuration.training().epochs())))
                    .train(images, validation);
        }
    }

    private Dataset<Row> training() {
        return hasValidation(stage) ? rows.where(org.apache.spark.sql.functions.not(indicator())) : rows;
    }

    private Optional<Dataset<Row>> validation() {
        return hasValidation(stage) ? Optional.of(rows.where(indicator())) : Optional.empty();
    }

    private Column indicator() {
        return Columns.named(stage.getValidationIndicatorCol());
    }

    /** Of the images as they are packed: where they tell their shapes, resizing is done on the way. */
    private ImageShape shape(ImageColumn image) {
        Optional<PixelLayout> layout = stage.layout();
        if (!image.tellsShape() && layout.isPresent()) {
            return layout.get().shape();
        }
        ImageShape first = FirstImage.shape(TRAINING, rows, image, "shape");
        Optional<Resizing> resizing = data().resize();
        return image.tellsShape() && resizing.isPresent()
                ? new ImageShape(
                        first.channels(),
                        resizing.get().height(),
                        resizing.get().width())
                : first;
    }

    private ImageTable table(String name, Dataset<Row> some, ImageColumn image, LabelColumn label, ImageShape shape) {
        Optional<Classes> classes = data().labels().or(label::classes);
        return ImageTable.of(
                LabelledImages.of(name, some, image, label, shape, stage.layout(), data().resize()),
                classes,
                some.sparkSession());
    }

    private DataConfig data() {
        return configuration.data();
    }
}
