package io.github.sparkcnn.eval;

import java.util.List;

/**
 * What came of predicting a whole test set, image by image.
 *
 * @param report on all images
 * @param mistakes the first of the misclassified images, in their order
 */
public record Evaluation(EvaluationReport report, List<Mistake> mistakes) {

    public Evaluation {
        mistakes = List.copyOf(mistakes);
    }
}
