package io.github.sparkcnn.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationSums;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.track.tensorboard.EventRecord;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tensorflow.framework.Summary;

class TensorBoardImagesTest {

    private static final List<String> NAMES = SampleGarments.labels();

    @Test
    void showsTheTestImagesOnceAndTheMistakesOfEveryEpoch() throws Exception {
        PackedImages test = SampleGarments.draw(Split.TEST, 30, 1);
        TensorBoardImages images = new TensorBoardImages();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EventWriter writer = new EventWriter(out, "memory")) {
            images.write(writer, 1, test, evaluation(mistake(test, 4, 7), mistake(test, 29, 1)));
            images.write(writer, 2, test, evaluation());
            images.write(writer, 3, test, evaluation(mistake(test, 2, 3)));
        }

        List<EventRecord> events = EventRecord.readAll(out.toByteArray()).stream()
                .filter(event -> event.summary().getValueCount() > 0)
                .toList();
        assertThat(events.stream()
                        .map(event -> event.step() + " " + event.value().getTag()))
                .containsExactly("1 images/test", "1 images/misclassified", "3 images/misclassified");
        BufferedImage mistakes = picture(events.get(1).value());
        assertThat(mistakes.getWidth()).isEqualTo(8 + 2 * 92);
        // The second cell is image 29: pixel (14, 14), magnified by 3.
        int grey = test.pixels()[29 * 784 + 14 * 28 + 14] & 0xff;
        assertThat(mistakes.getRGB(8 + 92 + 3 * 14, 8 + 16 + 3 * 14) & 0xff).isEqualTo(grey);
        assertThat(picture(events.get(2).value()).getWidth()).isEqualTo(8 + 92);
    }

    private static Evaluation evaluation(Mistake... mistakes) {
        return new Evaluation(EvaluationSums.of(10).report(NAMES), List.of(mistakes));
    }

    private static Mistake mistake(PackedImages test, int image, int predicted) {
        return new Mistake(test.at(List.of(image)), predicted, 0.5f);
    }

    private static BufferedImage picture(Summary.Value value) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(
                value.getImage().getEncodedImageString().toByteArray()));
    }
}
