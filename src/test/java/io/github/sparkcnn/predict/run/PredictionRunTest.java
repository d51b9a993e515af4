package io.github.sparkcnn.predict.run;

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
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredictionRunTest extends SparkTest {

    private static final int IMAGES = 600;
    private static final String[] EVERYTHING = {"label", "name", "probability", "margin", "probabilities", "true_label"
    };
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
            List<Float> probabilities = row.getList(row.fieldIndex("probabilities"));
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
            List<Float> a = one.get(i).getList(one.get(i).fieldIndex("probabilities"));
            List<Float> b = other.get(i).getList(other.get(i).fieldIndex("probabilities"));
            for (int k = 0; k < 10; k++) {
                assertThat(a.get(k)).isCloseTo(b.get(k), within(1e-4f));
            }
        }
    }

    @Test
    void aCsvHasAColumnForEachClass() throws IOException {
        PredictionRun.Result result = run(
                csv(), PredictionEngine.ONNX, "table.csv", PredictionFormat.of("table.csv"), columns(2, EVERYTHING));

        assertThat(result.images()).isEqualTo(IMAGES);
        assertThat(lines("table.csv").get(0))
                .isEqualTo("label,name,probability,margin,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,true_label,"
                        + "top_label_1,top_label_2,top_name_1,top_name_2,top_probability_1,top_probability_2");
    }

    @Test
    void tellsLabelNameProbabilityAndWhatStandsBesideTheImage() {
        run(csv(), PredictionEngine.ONNX, "default", PredictionFormat.PARQUET, ColumnChoice.DEFAULT);

        assertThat(spark().read().parquet(path("default")).columns())
                .containsExactly("label", "name", "probability", "true_label", "error");
    }

    @Test
    void tellsTheColumnsThatAreAskedForInTheirOrder() throws IOException {
        run(
                csv(),
                PredictionEngine.ONNX,
                "chosen.csv",
                PredictionFormat.CSV,
                columns(0, "true_label", "MARGIN", "label"));

        assertThat(lines("chosen.csv").get(0)).isEqualTo("true_label,margin,label");
    }

    @Test
    void namesTheColumnsWhereThereIsNoSuch() {
        assertThatThrownBy(() ->
                        run(csv(), PredictionEngine.ONNX, "x", PredictionFormat.CSV, columns(0, "label", "pixels")))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot predict " + csv() + ": --columns names pixels. Name some of label, name, probability,"
                                + " margin, probabilities, top_labels, top_names, top_probabilities, error, true_label in --columns.");
        assertThatThrownBy(() -> run(csv(), PredictionEngine.ONNX, "x", PredictionFormat.CSV, columns(0, "top_names")))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot tell top_names: nothing says of how many classes."
                        + " Say how many with --top, e.g. --top 3.");
    }

    @Test
    void theMostProbableClassesAreThoseOfTheProbabilities() {
        run(csv(), PredictionEngine.ONNX, "top", PredictionFormat.PARQUET, columns(3, "probabilities"));

        for (Row row : parquet("top")) {
            List<Float> all = row.getList(0);
            List<Integer> labels = row.getList(1);
            List<Integer> expected = IntStream.range(0, 10)
                    .boxed()
                    .sorted(Comparator.comparing((Integer k) -> -all.get(k)))
                    .limit(3)
                    .toList();
            assertThat(labels).isEqualTo(expected);
            assertThat(row.getList(2))
                    .isEqualTo(
                            expected.stream().map(SampleGarments.labels()::get).toList());
            assertThat(row.getList(3)).isEqualTo(expected.stream().map(all::get).toList());
        }
    }

    @Test
    void jsonLinesSayTheSame() {
        run(PredictionEngine.ONNX, "as.parquet", PredictionFormat.of("as.parquet"));
        run(PredictionEngine.ONNX, "as.jsonl", PredictionFormat.of("as.jsonl"));

        StructType schema = spark().read().parquet(path("as.parquet")).schema();
        assertThat(spark().read().schema(schema).json(path("as.jsonl")).collectAsList())
                .isEqualTo(parquet("as.parquet"));
    }

    @Test
    void aTableHoldsTheSame() {
        PredictionTable table = new PredictionTable(spark(), "default.predictions_of_a_test");
        try {
            new PredictionRun(
                            spark(),
                            storage(),
                            folder.toString(),
                            table,
                            new PredictionRun.Request(PredictionEngine.ONNX))
                    .execute(source(csv()));

            run(csv(), PredictionEngine.ONNX, "beside", PredictionFormat.PARQUET, ColumnChoice.DEFAULT);
            assertThat(spark().table("default.predictions_of_a_test").collectAsList())
                    .containsExactlyInAnyOrderElementsOf(parquet("beside"));
            assertThatThrownBy(table::requireNew)
                    .hasMessage("Cannot write predictions to table default.predictions_of_a_test: it exists already."
                            + " Choose another --output or drop it.");
        } finally {
            spark().sql("DROP TABLE IF EXISTS default.predictions_of_a_test");
        }
    }

    @Test
    void aTableOfAFailedRunIsDropped() {
        PredictionTable table = new PredictionTable(spark(), "default.predictions_that_fail");

        try {
            assertThatThrownBy(() -> table.write(
                            spark().range(3).toDF(), new PredictionColumns(List.of(), 0), Classes.numbered(2), () -> {
                                throw new UserException("predict x", "it holds no image", "Set another");
                            }))
                    .isInstanceOf(UserException.class);

            table.requireNew();
        } finally {
            spark().sql("DROP TABLE IF EXISTS default.predictions_that_fail");
        }
    }

    /** As every reader of RFC 4180 reads them. */
    @Test
    void quotesInACsvAreDoubled() throws IOException {
        List<String> names = new ArrayList<>(SampleGarments.labels());
        names.replaceAll(name -> "12\" " + name + ", new");
        Path quoted = Files.createDirectory(folder.resolve("quoted"));
        ModelFolder.save(
                storage(),
                storage().path(quoted.resolve("model").toString()),
                network,
                ModelCard.unsaved("all-convolutional", names, ImageShape.MNIST, SCALE));
        new PredictionRun(
                        spark(),
                        storage(),
                        quoted.toString(),
                        new PredictionFolder(storage(), storage().path(path("quoted.csv")), PredictionFormat.CSV),
                        new PredictionRun.Request(
                                PredictionEngine.ONNX, PredictionDevice.ANY, columns(0, "name", "label"), false))
                .execute(source(csv()));

        assertThat(lines("quoted.csv").stream().filter(line -> !line.equals("name,label")))
                .hasSize(IMAGES)
                .allMatch(line ->
                        names.stream().anyMatch(name -> line.startsWith("\"" + name.replace("\"", "\"\"") + "\",")));
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

    /** Its rows are counted as they are written: the refusal comes when everything else is done. */
    @Test
    void aTableWithoutRowsLeavesNothingBehind() {
        StructType pixels = new StructType();
        for (int pixel = 0; pixel < ImageShape.MNIST.size(); pixel++) {
            pixels = pixels.add("pixel" + pixel, DataTypes.IntegerType);
        }
        spark().createDataFrame(List.of(), pixels).write().parquet(path("no-rows.parquet"));

        assertThatThrownBy(() -> run(
                        path("no-rows.parquet"),
                        PredictionEngine.DL4J,
                        "of-no-rows",
                        PredictionFormat.PARQUET,
                        ColumnChoice.DEFAULT))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot predict " + path("no-rows.parquet")
                        + ": it holds no image. Set --data to files with images.");
        assertThat(folder.resolve("of-no-rows")).doesNotExist();
    }

    @Test
    void aBadRowLeavesNothingBehind() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(csv()));
        Path bad = folder.resolve("bad.csv");
        Files.write(bad, List.of(lines.get(0), lines.get(1), lines.get(2).replaceFirst(",[0-9]+", ",256")));

        PredictionRun strict = new PredictionRun(
                spark(),
                storage(),
                folder.toString(),
                new PredictionFolder(storage(), storage().path(path("of-bad")), PredictionFormat.PARQUET),
                new PredictionRun.Request(PredictionEngine.DL4J, PredictionDevice.ANY, ColumnChoice.DEFAULT, true));
        assertThatThrownBy(() -> strict.execute(source(bad.toString())))
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
        return run(data, engine, output, format, columns(0, EVERYTHING));
    }

    private static PredictionRun.Result run(
            String data, PredictionEngine engine, String output, PredictionFormat format, ColumnChoice columns) {
        org.apache.hadoop.fs.Path target = storage().path(path(output));
        PredictionRun.Request request = new PredictionRun.Request(engine, PredictionDevice.ANY, columns, false);
        return new PredictionRun(
                        spark(), storage(), folder.toString(), new PredictionFolder(storage(), target, format), request)
                .execute(source(data));
    }

    private static ColumnChoice columns(int top, String... words) {
        return new ColumnChoice(Optional.of(List.of(words)), top);
    }

    private static ImageSource source(String data) {
        return new ImageSource(data, "--data", Split.TEST, ImageFormats.AUTO, Malformed.FAIL, 10);
    }

    /** Of all parts of a folder, one part after the other. */
    private static List<String> lines(String name) throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve(name))) {
            List<String> lines = new ArrayList<>();
            for (Path part : parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
            return lines;
        }
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String csv() {
        return folder.resolve("images.csv").toString();
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
