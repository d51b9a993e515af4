package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.eval.ClassScores;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.awt.image.BufferedImage;
import java.util.List;

/** Shows in TensorBoard the first test images, once, and after every epoch those that were taken for another class. */
final class TensorBoardImages {

    private boolean begun;

    void write(EventWriter events, int epoch, PackedImages samples, Evaluation evaluation) {
        List<String> names = evaluation.report().classification().classes().stream()
                .map(ClassScores::name)
                .toList();
        if (!begun) {
            events.image("images/test", epoch, ContactSheet.draw(samples, names, samples.size()));
            begun = true;
        }
        if (!evaluation.mistakes().isEmpty()) {
            events.image("images/misclassified", epoch, mistakes(names, evaluation.mistakes()));
        }
    }

    private static BufferedImage mistakes(List<String> names, List<Mistake> mistakes) {
        PackedBuilder found = new PackedBuilder(mistakes.get(0).image().shape(), mistakes.size());
        mistakes.forEach(mistake -> found.add(mistake.image(), 0, mistake.index()));
        PackedImages images = found.build();
        return ContactSheet.draw(
                images,
                i -> names.get(images.label(i)) + " → "
                        + names.get(mistakes.get(i).predicted()),
                images.size());
    }
}
