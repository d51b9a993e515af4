package io.github.sparkcnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.CornerModel;
import io.github.sparkcnn.predict.PredictionDevice;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model takes an image for class 1, the surer the brighter its corner, so the order of its mistakes is known. */
class MistakeSheetTest extends SparkTest {

    /** Cells are 16·5 + 8 wide, and below three lines of 16 have an image of 16·5 + 4. */
    private static final int ZOOM = 5;

    private static final int LEFT = 8;
    private static final int TOP = 8 + 3 * 16;
    private static final int WIDTH = 16 * ZOOM + 8;
    private static final int IMAGE = 16 * ZOOM + 4;

    @TempDir
    static Path folder;

    private static Storage storage;

    @BeforeAll
    static void saveTheModel() {
        storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.Saved saved = CornerModel.saved();
        ModelFolder.save(storage, storage.path(folder.resolve("model").toString()), saved.network(), saved.card());
    }

    /** Two files, so two partitions; of two that are equally sure the first comes first. */
    @Test
    void theMostConfidentMistakesComeFirst() throws IOException {
        Path data = write(
                "mixed",
                List.of(image(2, 100, 10), image(1, 255, 20), image(0, 200, 30), image(2, 150, 40)),
                List.of(image(0, 0, 50), image(2, 200, 60), image(2, 255, 70), image(0, 120, 80)));

        MistakeSheet.Result result = draw(data, "mixed.png", 5, false);

        assertThat(result).isEqualTo(new MistakeSheet.Result(8, 6, 5));
        BufferedImage sheet = sheet("mixed.png");
        assertThat(sheet.getWidth()).isEqualTo(8 + 5 * WIDTH);
        assertThat(sheet.getHeight()).isEqualTo(8 + 3 * 16 + IMAGE + 4);
        assertThat(IntStream.range(0, 5).map(i -> grey(sheet, i, 8, 8))).containsExactly(70, 30, 60, 40, 80);
        assertThat(grey(sheet, 0, 0, 0)).isEqualTo(255);
        assertThat(grey(sheet, 4, 1, 1)).isEqualTo(120);
    }

    @Test
    void whatSpeaksForTheClassIsDrawnBelow() throws IOException {
        Path data = write("explained", List.of(image(2, 255, 90), image(0, 0, 10), image(0, 180, 100)));

        draw(data, "explained.png", 9, true);

        BufferedImage sheet = sheet("explained.png");
        assertThat(sheet.getHeight()).isEqualTo(8 + 3 * 16 + 2 * IMAGE + 4);
        for (int i = 0; i < 2; i++) {
            int corner = sheet.getRGB(LEFT + i * WIDTH, TOP + IMAGE) & 0xffffff;
            assertThat(corner >> 16).as("red of orange").isGreaterThan((corner & 0xff) + 100);
            int far = sheet.getRGB(LEFT + i * WIDTH + 8 * ZOOM, TOP + IMAGE + 8 * ZOOM) & 0xffffff;
            assertThat(far).isEqualTo((90 + 10 * i) * 0x010101);
        }
    }

    @Test
    void whereThereAreNoMistakesNoFileIsWritten() throws IOException {
        Path data = write("right", List.of(image(1, 255, 1), image(0, 0, 2)));

        assertThat(draw(data, "right.png", 9, true)).isEqualTo(new MistakeSheet.Result(2, 0, 0));
        assertThat(folder.resolve("right.png")).doesNotExist();
    }

    /** The checks are those of an evaluation. */
    @Test
    void whatCannotBeEvaluatedIsRefused() throws IOException {
        Path data = folder.resolve("small.csv");
        Files.writeString(data, "label,a,b,c,d\n0,1,2,3,4\n");
        Path unknown = write("unknown", List.of(image(7, 255, 1)));

        for (Path wrong : List.of(data, unknown)) {
            String evaluated =
                    refusal(() -> new EvaluationRun(spark(), storage, model(), source(wrong), ANY).execute());
            assertThat(refusal(() -> draw(wrong, "wrong.png", 9, false))).isEqualTo(evaluated);
        }
        Files.createFile(folder.resolve("there.png"));
        assertThatThrownBy(() -> draw(data, "there.png", 9, false))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it exists already");
        assertThat(folder.resolve("wrong.png")).doesNotExist();
    }

    private static final PredictionDevice ANY = PredictionDevice.ANY;

    private static String refusal(Runnable work) {
        try {
            work.run();
        } catch (UserException e) {
            return e.getMessage();
        }
        throw new AssertionError("was not refused");
    }

    private static String model() {
        return folder.resolve("model").toString();
    }

    private static ImageSource source(Path data) {
        return new ImageSource(data.toString(), "--data", Split.TEST, ImageFormats.AUTO);
    }

    private static MistakeSheet.Result draw(Path data, String file, int count, boolean explained) {
        org.apache.hadoop.fs.Path target = storage.path(folder.resolve(file).toString());
        return new MistakeSheet(spark(), storage, model(), ANY, target)
                .execute(source(data), new MistakeSheet.Wanted(count, explained), notice -> {});
    }

    private static BufferedImage sheet(String file) throws IOException {
        File png = folder.resolve(file).toFile();
        return ImageIO.read(png);
    }

    private static int grey(BufferedImage sheet, int cell, int x, int y) {
        int rgb = sheet.getRGB(LEFT + cell * WIDTH + x * ZOOM, TOP + y * ZOOM) & 0xffffff;
        assertThat(rgb).isEqualTo((rgb & 0xff) * 0x010101);
        return rgb & 0xff;
    }

    private static PackedImages image(int label, int corner, int mark) {
        return CornerModel.image(label, corner, mark);
    }

    @SafeVarargs
    private static Path write(String name, List<PackedImages>... files) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < files.length; i++) {
            List<String> lines = new ArrayList<>();
            for (PackedImages image : files[i]) {
                lines.add(image.label(0)
                        + IntStream.range(0, image.pixels().length)
                                .mapToObj(pixel -> "," + (image.pixels()[pixel] & 0xff))
                                .collect(Collectors.joining()));
            }
            Files.write(data.resolve("part-" + i + ".csv"), lines);
        }
        return data;
    }
}
