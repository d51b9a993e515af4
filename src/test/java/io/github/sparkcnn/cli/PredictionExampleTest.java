package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.predict.SavedModels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The worked example of predictions.md, as it stands there: the command and the query. */
class PredictionExampleTest extends SparkTest {

    private static final int IMAGES = 40;
    private static final int BAD = 7;

    @TempDir
    private Path folder;

    private String page;

    @BeforeEach
    void writeModelAndPhotographs() throws IOException {
        System.setProperty("spark.master", "local[2]");
        page = Files.readString(Path.of("src/site/markdown/predictions.md"));
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        SavedModels.save(storage, folder, "all-convolutional", PixelScale.UNIT);
        PackedImages images = SampleGarments.draw(Split.TEST, IMAGES, 1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            rows.add(RowFactory.create((long) i, "photos/" + i + ".png", i == BAD ? new byte[] {1} : png(images, i)));
        }
        spark().createDataFrame(rows, StructType.fromDDL("id BIGINT, path STRING, image BINARY"))
                .write()
                .parquet(folder.resolve("photos").toString());
    }

    @AfterEach
    void tidyUp() {
        System.clearProperty("spark.master");
        spark().catalog().dropTempView("photos");
        spark().catalog().dropTempView("predictions");
    }

    @Test
    void findsTheFilesOfWhichTheModelIsNotSure() {
        String command = block(
                        "submit/local predict --model runs/mine --data photos --output predictions --columns[^\n]*")
                .replace("submit/local ", "")
                .replace("runs/mine", folder.toString())
                .replace("--data photos", "--data " + folder.resolve("photos"))
                .replace("--output predictions", "--output " + folder.resolve("predictions"));
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));

        int code = line.execute(command.split(" "));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        spark().read().parquet(folder.resolve("photos").toString()).createOrReplaceTempView("photos");
        spark().read().parquet(folder.resolve("predictions").toString()).createOrReplaceTempView("predictions");
        List<Row> unsure = spark().sql(block("SELECT[^`]*")).collectAsList();
        List<Row> predicted = spark().table("predictions").collectAsList();
        assertThat(predicted).hasSize(IMAGES);
        assertThat(unsure)
                .extracting(row -> row.<String>getAs("path"))
                .containsExactlyInAnyOrderElementsOf(predicted.stream()
                        .filter(row -> row.isNullAt(row.fieldIndex("error")))
                        .filter(row -> row.<Float>getAs("probability") < 0.5f)
                        .map(row -> "photos/" + row.getAs("id") + ".png")
                        .toList());
        assertThat(predicted.stream().filter(row -> !row.isNullAt(row.fieldIndex("error"))))
                .singleElement()
                .satisfies(row -> assertThat((long) row.getAs("id")).isEqualTo(BAD));
    }

    private String block(String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    private static byte[] png(PackedImages images, int i) throws IOException {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 784; p++) {
            picture.getRaster().setSample(p % 28, p / 28, 0, images.pixels()[i * 784 + p] & 0xff);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }
}
