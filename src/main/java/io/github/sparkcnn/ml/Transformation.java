package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.api.SentModel;
import io.github.sparkcnn.data.column.Columns;
import io.github.sparkcnn.data.column.ImageColumn;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/** The predictions of a model as columns behind those of a DataFrame. */
final class Transformation {

    /** A floor under probabilities, so that their logarithms are numbers. */
    private static final double SMALLEST = Float.MIN_NORMAL;

    private final CnnClassificationModel stage;
    private final SentModel model;

    Transformation(CnnClassificationModel stage, SentModel model) {
        this.stage = stage;
        this.model = model;
    }

    /** Refuses, before any data are read, what can be known to be impossible. */
    static void requireUsable(CnnClassificationModel stage, StructType schema) {
        InputColumns.requireImages(schema, stage.getFeaturesCol());
        if (stage.isDefined(stage.thresholds()) && stage.getThresholds().length != stage.numClasses()) {
            throw new UserException(
                    "predict with " + stage.getThresholds().length + " thresholds",
                    "the model has " + stage.numClasses() + " classes",
                    "Set one threshold for each");
        }
    }

    /** The rows with the predictions. */
    Dataset<Row> of(Dataset<Row> rows) {
        List<String> input = List.of(rows.columns());
        if (added().isEmpty()) {
            return rows;
        }
        // Under names that are nobody's, until the columns are made of them.
        String probabilities = "probabilities-" + UUID.randomUUID();
        String error = "error-" + UUID.randomUUID();
        List<PredictionColumns.PredictionColumn> columns = new ArrayList<>();
        input.forEach(name -> columns.add(new PredictionColumns.Kept(name, name)));
        columns.add(new PredictionColumns.Made(Predicted.PROBABILITIES, probabilities));
        columns.add(new PredictionColumns.Made(Predicted.ERROR, error));
        Dataset<Row> predicted = model.on(rows.sparkSession()).of(images(rows), new PredictionColumns(columns, 0));
        List<Column> selected = new ArrayList<>();
        input.forEach(name -> selected.add(Columns.named(name)));
        selected.addAll(outputs(Columns.named(probabilities)));
        return handled(predicted, Columns.named(error)).select(selected.toArray(Column[]::new));
    }

    /** The rows that may stay. */
    private Dataset<Row> handled(Dataset<Row> predicted, Column error) {
        return switch (stage.getHandleInvalid()) {
            case ColumnParams.KEEP -> predicted;
            case ColumnParams.SKIP -> predicted.where(error.isNull());
            default -> predicted.where(RequiredPrediction.of(stage.getFeaturesCol(), error));
        };
    }

    private List<String> added() {
        return List.of(stage.getRawPredictionCol(), stage.getProbabilityCol(), stage.getPredictionCol()).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private ImageRows images(Dataset<Row> rows) {
        String column = stage.getFeaturesCol();
        int place = rows.schema().fieldIndex(column);
        ImageColumn images = ImageColumn.forModel(
                place,
                rows.schema().fields()[place].dataType(),
                stage.saved().card().input(),
                stage.layout(),
                stage.saved().card().resized());
        return new ImageRows(
                "the DataFrame",
                rows,
                images.reader(),
                images.shape(),
                List.of(column),
                Optional.empty(),
                Diagnosis.NONE);
    }

    private List<Column> outputs(Column probabilities) {
        List<Column> outputs = new ArrayList<>();
        Column exact = probabilities.cast(DataTypes.createArrayType(DataTypes.DoubleType));
        if (!stage.getRawPredictionCol().isEmpty()) {
            Column logarithms = org.apache.spark.sql.functions.transform(
                    exact,
                    p -> org.apache.spark.sql.functions.log(
                            org.apache.spark.sql.functions.greatest(p, org.apache.spark.sql.functions.lit(SMALLEST))));
            outputs.add(vector(logarithms).as(stage.getRawPredictionCol()));
        }
        if (!stage.getProbabilityCol().isEmpty()) {
            outputs.add(vector(exact).as(stage.getProbabilityCol()));
        }
        if (!stage.getPredictionCol().isEmpty()) {
            double[] thresholds = stage.isDefined(stage.thresholds()) ? stage.getThresholds() : null;
            Classes classes = stage.saved().card().classes();
            outputs.add(PredictedLabel.of(classes, Optional.ofNullable(thresholds))
                    .apply(probabilities)
                    .as(stage.getPredictionCol(), metadata(classes)));
        }
        return outputs;
    }

    /** Null where there is no array. */
    private static Column vector(Column array) {
        return org.apache.spark.sql.functions.when(array.isNotNull(), functions.array_to_vector(array));
    }

    /** The classes' names by their positions, where these are the predicted labels. */
    private Metadata metadata(Classes classes) {
        NominalAttribute attribute = NominalAttribute.defaultAttr().withName(stage.getPredictionCol());
        return PredictedLabel.isPosition(classes)
                ? attribute.withValues(classes.names().toArray(String[]::new)).toMetadata()
                : Metadata.empty();
    }
}
