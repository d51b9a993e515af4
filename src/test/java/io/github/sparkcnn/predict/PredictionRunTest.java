package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredictionRunTest extends SparkTest {

    private static final int IMAGES = 600;
    private static final PixelScale SCALE = new PixelScale(0.3, 0.4);

    @TempDir
    static Path folder;

    private static PackedImages images;
    private static Network network;

    @BeforeAll
    static void writeModelAndImages() {
        images = SampleGarments.draw(Split.TEST, IMAGES, 1);
        CsvWriter.write(storage(), storage().path(csv()), images);
        network = SavedModels.save(storage(), folder, "all-convolutional", SCALE);
    }

    @Test
    void saysOfEveryImageWhatDeeplearning4jSays() {
        run(PredictionEngine.DL4J, "dl4j", PredictionFormat.PARQUET);

        List<Row> rows = parquet("dl4j");

        INDArray expected = expected();
        assertThat(rows).hasSize(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            Row row = rows.get(i);
            double[] own = expected.getRow(i).toDoubleVector();
            List<Float> probabilities = row.getList(4);
            for (int k = 0; k < 10; k++) {
                assertThat(probabilities.get(k).doubleValue()).isCloseTo(own[k], within(1e-4));
            }
            int label = row.getAs("label");
            double[] sorted = java.util.Arrays.stream(own).sorted().toArray();
            assertThat(own[label]).isCloseTo(sorted[9], within(1e-4));
            assertThat((float) row.getAs("probability")).isEqualTo(probabilities.get(label));
            assertThat((double) row.<Float>getAs("margin")).isCloseTo(sorted[9] - sorted[8], within(2e-4));
            assertThat(row.<String>getAs("name"))
                    .isEqualTo(SampleGarments.labels().get(label));
            assertThat((int) row.getAs("true_label")).isEqualTo(images.label(i));
        }
    }

    @Test
    void bothEnginesAgree() {
        PredictionRun.Result dl4j = run(PredictionEngine.DL4J, "one", PredictionFormat.PARQUET);
        PredictionRun.Result onnx = run(PredictionEngine.ONNX, "other", PredictionFormat.PARQUET);

        assertThat(dl4j.images()).isEqualTo(onnx.images()).isEqualTo(IMAGES);
        List<Row> one = parquet("one");
        List<Row> other = parquet("other");
        for (int i = 0; i < IMAGES; i++) {
            List<Float> a = one.get(i).getList(4);
            List<Float> b = other.get(i).getList(4);
            for (int k = 0; k < 10; k++) {
                assertThat(a.get(k)).isCloseTo(b.get(k), within(1e-4f));
            }
        }
    }

    @Test
    void aCsvHasAColumnForEachClass() throws IOException {
        PredictionRun.Result result = run(PredictionEngine.ONNX, "table.csv", PredictionFormat.of("table.csv"));

        assertThat(result.images()).isEqualTo(IMAGES);
        try (var parts = Files.list(folder.resolve("table.csv"))) {
            Path first = parts.filter(part -> part.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(first).get(0))
                    .isEqualTo("label,name,probability,margin,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,true_label");
        }
    }

    @Test
    void doesNotOverwrite() throws IOException {
        Files.createDirectory(folder.resolve("there"));

        assertThatThrownBy(() -> run(PredictionEngine.DL4J, "there", PredictionFormat.PARQUET))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it exists already. Choose another --output or delete it");
    }

    @Test
    void noImageIsAnError() throws IOException {
        Path empty = folder.resolve("empty.csv");
        Files.writeString(empty, Files.readAllLines(Path.of(csv())).get(0) + "\n");

        assertThatThrownBy(() -> run(empty.toString(), PredictionEngine.DL4J, "of-nothing", PredictionFormat.PARQUET))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("empty.csv");
        assertThat(folder.resolve("of-nothing")).doesNotExist();
    }

    @Test
    void aBadRowLeavesNothingBehind() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(csv()));
        Path bad = folder.resolve("bad.csv");
        Files.write(bad, List.of(lines.get(0), lines.get(1), lines.get(2).replaceFirst(",[0-9]+", ",256")));

        assertThatThrownBy(() -> run(bad.toString(), PredictionEngine.DL4J, "of-bad", PredictionFormat.PARQUET))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("bad.csv")
                .hasMessageContaining("256");
        assertThat(folder.resolve("of-bad")).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains(".tmp-"));
        }
    }

    private static INDArray expected() {
        float[] features = new float[IMAGES * 784];
        SCALE.table(images.shape()).apply(images.pixels(), 0, features, 0, features.length);
        return network.output(Nd4j.create(features, IMAGES, 1, 28, 28));
    }

    private static List<Row> parquet(String name) {
        return spark().read().parquet(folder.resolve(name).toString()).collectAsList();
    }

    private static PredictionRun.Result run(PredictionEngine engine, String output, PredictionFormat format) {
        return run(csv(), engine, output, format);
    }

    private static PredictionRun.Result run(
            String data, PredictionEngine engine, String output, PredictionFormat format) {
        ImageSource source = new ImageSource(data, "--data", Split.TEST, ImageFormats.AUTO, Malformed.FAIL, 10);
        org.apache.hadoop.fs.Path target = storage().path(folder.resolve(output).toString());
        return new PredictionRun(spark(), storage(), folder.toString(), engine, target, format).execute(source);
    }

    private static String csv() {
        return folder.resolve("images.csv").toString();
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
