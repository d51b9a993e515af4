package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.column.Columns;
import io.github.sparkcnn.data.column.ImageColumn;
import io.github.sparkcnn.data.column.LabelledRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
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
    private static final List<String> NOT_HERE = List.of(
            "data.train",
            "data.test",
            "data.format",
            "data.columns",
            "data.sample",
            "training.checkpoint",
            "tracking.explain");

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
        InputColumns.requireImages(schema, stage.getFeaturesCol());
        InputColumns.requireLabels(schema, stage.getLabelCol());
        if (hasValidation(stage)) {
            requireBoolean(schema, stage.getValidationIndicatorCol());
        }
        stage.layout();
        TrainingRun.requireTrainable(configuration(stage));
    }

    private static void requireBoolean(StructType schema, String column) {
        if (!InputColumns.field(schema, column).dataType().equals(DataTypes.BooleanType)) {
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
        if (stage.isSet(stage.handleInvalid())) {
            boolean isError = stage.getHandleInvalid().equals(ColumnParams.ERROR);
            settings.add("data.malformed=" + (isError ? "fail" : "drop")); // without an image there is nothing to keep
        }
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
            ImageSource source = source();
            ImageColumn image = labelled(TRAINING, rows).image(source);
            ImageTable images = table(TRAINING, training(), image, source);
            Optional<ImageTable> validation = validation().map(held -> table(VALIDATION, held, image, source));
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

    /** Read as a table of the same images is. */
    private ImageSource source() {
        DataConfig data = configuration.data();
        return new ImageSource(
                TRAINING,
                InputColumns.PARAMETERS.image(),
                Split.TRAIN,
                data.format(),
                data.malformed(),
                data.labels().or(() -> InputColumns.classes(rows.schema().apply(stage.getLabelCol()))),
                stage.layout(),
                data.resize(),
                data.columns(),
                ImageSource.Expected.NOTHING,
                data.sample());
    }

    private LabelledRows labelled(String name, Dataset<Row> some) {
        return LabelledRows.of(
                name, some, List.of(stage.getFeaturesCol()), stage.getLabelCol(), InputColumns.PARAMETERS);
    }

    private ImageTable table(String name, Dataset<Row> some, ImageColumn image, ImageSource source) {
        return ImageTable.of(labelled(name, some).images(image, source), source.classes(), some.sparkSession());
    }
}
