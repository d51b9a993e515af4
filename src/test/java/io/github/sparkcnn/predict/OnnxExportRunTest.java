package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.onnx.OnnxCheck;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxExportRunTest {

    private static final Storage STORAGE = Storage.ofLocalMaster(new Configuration());
    private static final PackedImages IMAGES = SampleGarments.draw(Split.TEST, 260, 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "all-convolutional, PIXELS",
        "all-convolutional, IMAGE",
        "batch-norm-cnn, PIXELS",
        "fashion-cnn, PIXELS",
        "residual-cnn, PIXELS"
    })
    void writesAFileThatAgreesWithTheNetwork(String network, OnnxInput input) throws IOException {
        SavedModels.save(STORAGE, folder, network, new PixelScale(0.1307, 0.3081));

        OnnxExportRun.Result result = run("net.onnx", input).execute(card -> IMAGES);

        assertThat(result.images()).isEqualTo(260);
        assertThat(result.difference()).isLessThanOrEqualTo(OnnxCheck.TOLERANCE);
        byte[] written = Files.readAllBytes(folder.resolve("net.onnx"));
        assertThat(written).hasSize((int) result.bytes());
        try (OnnxModel model = OnnxModel.open(written, 1)) {
            assertThat(model.input()).isEqualTo(input);
            assertThat(model.classes()).isEqualTo(10);
        }
    }

    @Test
    void refusesImagesOfAnotherShape() {
        SavedModels.save(STORAGE, folder, "all-convolutional", PixelScale.UNIT);
        PackedImages small = new PackedImages(new ImageShape(1, 2, 2), new int[1], new byte[4], new int[1]);

        assertThatThrownBy(() -> run("net.onnx", OnnxInput.PIXELS).execute(card -> small))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the images are 1×2×2, the model takes 1×28×28");
        assertThat(folder.resolve("net.onnx")).doesNotExist();
    }

    @Test
    void refusesAPathThatCannotBeWritten() throws IOException {
        SavedModels.save(STORAGE, folder, "all-convolutional", PixelScale.UNIT);
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> run("file/net.onnx", OnnxInput.PIXELS).execute(card -> IMAGES))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot write file:" + folder.resolve("file") + ": ")
                .hasMessageEndingWith("Set --onnx to a place that can be written.");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("file", "model");
        }
    }

    @Test
    void writesNothingUnlessBothAgree() {
        Network network = SavedModels.build("batch-norm-cnn");
        network.model().paramTable().get("8_b").assign(Float.NaN);
        SavedModels.save(STORAGE, folder, network, "batch-norm-cnn", PixelScale.UNIT);

        assertThatThrownBy(() -> run("net.onnx", OnnxInput.PIXELS).execute(card -> IMAGES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The ONNX model disagrees with the network");
        assertThat(folder.resolve("net.onnx")).doesNotExist();
    }

    private OnnxExportRun run(String file, OnnxInput input) {
        return new OnnxExportRun(
                STORAGE, folder.toString(), STORAGE.path(folder.resolve(file).toString()), input);
    }
}
