package io.github.sparkcnn.predict.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.Resizing;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Values that tell no shape have that of the model; theirs are as many as those of a grey square. */
class ModelShapeTest extends SparkTest {

    private static final ImageShape SHAPE = new ImageShape(3, 8, 6);
    private static final int IMAGES = 20;
    private static final String NOTHING = "data.format=auto";

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeModelAndImages() throws IOException {
        Kernels.wake();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 6, 3))
                .build());
        network.init();
        ModelFolder.save(
                storage(),
                storage().path(path("model")),
                Network.of(network),
                ModelCard.unsaved("own", List.of("a", "b"), SHAPE, PixelScale.UNIT));
        Random random = new Random(1);
        List<Row> planes = new ArrayList<>();
        List<Row> pixels = new ArrayList<>();
        List<String> csv = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            byte[] planar = new byte[SHAPE.size()];
            random.nextBytes(planar);
            byte[] interleaved = new byte[SHAPE.size()];
            StringBuilder line = new StringBuilder().append(i % 2);
            for (int value = 0; value < planar.length; value++) {
                interleaved[value % 48 * 3 + value / 48] = planar[value];
                line.append(',').append(planar[value] & 0xff);
            }
            planes.add(RowFactory.create(i, i % 2, planar));
            pixels.add(RowFactory.create(i, i % 2, interleaved));
            csv.add(line.toString());
        }
        StructType schema = new StructType()
                .add("id", DataTypes.IntegerType)
                .add("label", DataTypes.IntegerType)
                .add("image", DataTypes.BinaryType);
        spark().createDataFrame(planes, schema).coalesce(1).write().parquet(path("planes.parquet"));
        spark().createDataFrame(pixels, schema).coalesce(1).write().parquet(path("pixels.parquet"));
        Files.write(folder.resolve("planes.csv"), csv);
    }

    @Test
    void valuesChannelAfterChannelNeedNoShape() {
        List<Float> said = probabilities("planes.parquet", "data.shape=[3,8,6]");

        assertThat(said).hasSize(IMAGES).doesNotHaveDuplicates();
        assertThat(probabilities("planes.parquet", NOTHING)).isEqualTo(said);
        assertThat(probabilities("planes.csv", NOTHING)).isEqualTo(said);
        assertThat(accuracy("planes.parquet", NOTHING)).isEqualTo(accuracy("planes.parquet", "data.shape=[3,8,6]"));
    }

    @Test
    void thatAPixelsChannelsLieTogetherTheShapeSays() {
        assertThat(probabilities("pixels.parquet", "data.shape=[8,6,3]"))
                .isEqualTo(probabilities("planes.parquet", NOTHING));
        assertThat(probabilities("pixels.parquet", NOTHING)).isNotEqualTo(probabilities("planes.parquet", NOTHING));
    }

    @Test
    void theShapeThatIsSaidIsNotOverruled() {
        assertThatThrownBy(() -> probabilities("planes.parquet", "data.shape=[1,12,12]"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the images are 1×12×12, the model takes 3×8×6");
    }

    /** Its images may be of any size, so that nothing is known of those at hand. */
    @Test
    void aModelThatResizesExpectsNoShape() {
        ImageSource source = source("planes.parquet", NOTHING);

        assertThat(source.forModel(SHAPE, Optional.empty()).layoutOf(144)).isPresent();
        assertThat(source.forModel(SHAPE, Optional.empty()).layoutOf(143)).isEmpty();
        assertThat(source.forModel(SHAPE, Optional.of(new Resizing(8, 6, Resizing.Mode.STRETCH)))
                        .layoutOf(144))
                .isEmpty();
    }

    private static List<Float> probabilities(String data, String setting) {
        String output = path("predictions-" + System.nanoTime());
        new PredictionRun(
                        spark(),
                        storage(),
                        path("model"),
                        new PredictionFolder(storage(), storage().path(output), PredictionFormat.PARQUET),
                        new PredictionRun.Request(
                                PredictionEngine.AUTO,
                                PredictionDevice.ANY,
                                new ColumnChoice(Optional.of(List.of("probabilities")), 0),
                                true))
                .execute(source(data, setting));
        return spark().read().parquet(output).selectExpr("probabilities[0]").collectAsList().stream()
                .map(row -> row.getFloat(0))
                .toList();
    }

    private static double accuracy(String data, String setting) {
        return new EvaluationRun(spark(), storage(), path("model"), source(data, setting), PredictionDevice.ANY)
                .execute()
                .accuracy();
    }

    private static ImageSource source(String data, String setting) {
        return ImageSource.of(
                path(data),
                "--data",
                Split.TEST,
                ConfigurationReader.read("x", "", List.of(setting)).data());
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
