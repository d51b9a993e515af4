package io.github.sparkcnn.kernel;

import java.io.Serializable;
import java.util.List;

/**
 * Weights of the classes in the loss, as of PyTorch's {@code CrossEntropyLoss(weight=w)}: a minibatch's loss is Σ wᵢlᵢ / Σ wᵢ
 * over its images.
 *
 * @param ofClasses by label, above 0; empty: all classes weigh the same
 */
public record ClassWeights(List<Double> ofClasses) implements Serializable {

    /** All classes weigh the same. */
    public static final ClassWeights EQUAL = new ClassWeights(List.of());

    public ClassWeights {
        ofClasses = List.copyOf(ofClasses);
        if (!ofClasses.stream().allMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("a class weighs more than 0, not " + ofClasses);
        }
    }

    /** Whether all classes weigh the same. */
    public boolean areEqual() {
        return ofClasses.isEmpty();
    }

    /** {@code [classes]}: the weights divided by their mean over a minibatch's images, so that Σ wᵢlᵢ / size is its loss. */
    public float[] in(int[] labels, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += ofClasses.get(labels[i]);
        }
        float[] weights = new float[ofClasses.size()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = (float) (ofClasses.get(c) * size / sum);
        }
        return weights;
    }
}
