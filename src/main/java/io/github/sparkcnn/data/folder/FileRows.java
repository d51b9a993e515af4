package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * In a task: files become rows {@code path, label, image}, encoded still, for predictions; {@code path, image} where no file is in
 * a folder.
 */
final class FileRows implements FlatMapFunction<Chunk, Row> {
    private static final long serialVersionUID = 1L;
    private static final String LABEL = "label";
    private static final String IMAGE = "image";

    private final SerializableConfiguration hadoop;
    private final Container container;
    private final boolean inFolders;

    private FileRows(SerializableConfiguration hadoop, Container container, boolean inFolders) {
        this.hadoop = hadoop;
        this.container = container;
        this.inFolders = inFolders;
    }

    static ImageRows of(SparkSession spark, Found found, String name) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Chunk> chunks = Chunk.of(found.tree().members(), List.of());
        boolean inFolders = !found.tree().folders().isEmpty();
        JavaRDD<Row> rows = context.parallelize(chunks, chunks.size())
                .flatMap(new FileRows(
                        new SerializableConfiguration(context.hadoopConfiguration()), found.container(), inFolders));
        StructType paths = new StructType().add("path", DataTypes.StringType, false);
        StructType schema = (inFolders ? paths.add(LABEL, DataTypes.StringType, true) : paths)
                .add(IMAGE, DataTypes.BinaryType, true);
        int imageAt = schema.fieldIndex(IMAGE);
        Rendering rendering = found.look().wanted().rendering();
        return new ImageRows(
                name,
                spark.createDataFrame(rows, schema),
                row -> {
                    if (row.isNullAt(imageAt)) {
                        throw new MalformedImage("cannot be taken out of its archive");
                    }
                    return rendering.of(row.getBinary(imageAt));
                },
                rendering.shape(),
                List.of(IMAGE),
                found.hasClasses() ? Optional.of(LABEL) : Optional.empty(),
                Diagnosis.NONE);
    }

    @Override
    public Iterator<Row> call(Chunk chunk) {
        Contents contents = new Contents(Storage.ofCluster(hadoop.value()), container);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> contents.close());
        return chunk.members().stream().map(member -> row(contents, member)).iterator();
    }

    private Row row(Contents contents, Member member) {
        byte[] encoded;
        try {
            encoded = contents.of(member);
        } catch (MalformedImage e) {
            encoded = null;
        }
        String path = container.above() + member.name();
        return inFolders
                ? RowFactory.create(path, Tree.folderOf(member.name()).orElse(null), encoded)
                : RowFactory.create(path, encoded);
    }
}
