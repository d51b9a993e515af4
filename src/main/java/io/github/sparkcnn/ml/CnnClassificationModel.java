package io.github.sparkcnn.ml;

import io.github.sparkcnn.api.SentModel;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainedNetwork;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a transformer: adds to each row with an image the predicted label (a double: the label as the data have it
 * where they have numbers, else the class's position, with the names in the column's metadata), the classes' probabilities and
 * their natural logarithms. All other columns stay. Computed when the rows are asked for.
 */
public final class CnnClassificationModel extends Model<CnnClassificationModel>
        implements HasImageColumns<CnnClassificationModel>, MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final ColumnParams columnParams;
    private final transient SentModel model;
    private final transient List<EpochMetrics> epochs;

    CnnClassificationModel(String uid, TrainedNetwork trained) {
        this(uid, new SentModel(trained.model()), trained.epochs());
    }

    CnnClassificationModel(String uid, ModelFolder.Saved saved) {
        this(uid, new SentModel(saved), List.of());
    }

    private CnnClassificationModel(String uid, SentModel model, List<EpochMetrics> epochs) {
        this.uid = uid;
        this.columnParams = ColumnParams.of(this);
        this.model = model;
        this.epochs = epochs;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public ColumnParams columnParams() {
        return columnParams;
    }

    /** The number of classes. */
    public int numClasses() {
        return labels().size();
    }

    /** The classes' names, in the order of the probabilities. */
    public List<String> labels() {
        return saved().card().labels();
    }

    /** The metrics of every epoch, in order; empty where the model was loaded. */
    public List<EpochMetrics> epochs() {
        return epochs;
    }

    /** The network, and what one must know to use it. */
    public ModelFolder.Saved saved() {
        return model.saved();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return new Transformation(this, model).of(dataset.toDF());
    }

    /** Refuses columns that cannot be predicted on; what comes back has the columns of predictions too. */
    @Override
    public StructType transformSchema(StructType schema) {
        Transformation.requireUsable(this, schema);
        return new OutputColumns(this).addTo(schema);
    }

    @Override
    public CnnClassificationModel copy(ParamMap extra) {
        return copyValues(new CnnClassificationModel(uid, model, epochs), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new StageWriter(this);
    }

    /** Reads what {@link #write} wrote. */
    public static MLReader<CnnClassificationModel> read() {
        return new ModelReader();
    }

    /** Loads a saved model. */
    public static CnnClassificationModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "CnnClassificationModel: uid=" + uid + ", network="
                + saved().card().network() + ", numClasses=" + numClasses();
    }
}
