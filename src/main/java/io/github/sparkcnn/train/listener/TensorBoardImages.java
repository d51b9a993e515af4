package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.eval.ClassScores;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Evaluation.Mistake;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.awt.image.BufferedImage;
import java.util.List;

/** Shows in TensorBoard the first test images, once, and after every epoch those that were taken for another class. */
final class TensorBoardImages {

    private static final int SAMPLES = 20;

    private boolean begun;

    void write(EventWriter events, int epoch, PackedImages test, Evaluation evaluation) {
        List<String> names = evaluation.report().classification().classes().stream()
                .map(ClassScores::name)
                .toList();
        if (!begun) {
            events.image("images/test", epoch, ContactSheet.draw(test, names, SAMPLES));
            begun = true;
        }
        if (!evaluation.mistakes().isEmpty()) {
            events.image("images/misclassified", epoch, mistakes(test, names, evaluation.mistakes()));
        }
    }

    private static BufferedImage mistakes(PackedImages test, List<String> names, List<Mistake> mistakes) {
        PackedImages images = test.at(mistakes.stream().map(Mistake::image).toList());
        return ContactSheet.draw(
                images,
                i -> names.get(images.label(i)) + " → "
                        + names.get(mistakes.get(i).predicted()),
                images.size());
    }
}
