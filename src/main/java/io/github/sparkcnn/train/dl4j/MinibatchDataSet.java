package io.github.sparkcnn.train.dl4j;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A minibatch as Deeplearning4j passes it to a worker: features {@code [size, channels, height, width]}, labels
 * {@code [size, 1]} the classes' numbers. Those arrays are made for who asks; our worker takes the minibatch as it is.
 */
public final class MinibatchDataSet extends DataSet {
    private static final long serialVersionUID = 1L;

    private final transient Minibatch minibatch;
    private final transient ImageShape shape;

    /** A view: the minibatch must stay what it is for as long as it is used. */
    MinibatchDataSet(Minibatch minibatch, ImageShape shape) {
        this.minibatch = minibatch;
        this.shape = shape;
    }

    /** What it is a view of. */
    public Minibatch minibatch() {
        return minibatch;
    }

    @Override
    public int numExamples() {
        return minibatch.size();
    }

    @Override
    public INDArray getFeatures() {
        if (super.getFeatures() == null) {
            setFeatures(Nd4j.create(
                    Arrays.copyOf(minibatch.features(), minibatch.size() * shape.size()),
                    new long[] {minibatch.size(), shape.channels(), shape.height(), shape.width()},
                    'c'));
        }
        return super.getFeatures();
    }

    @Override
    public INDArray getLabels() {
        if (super.getLabels() == null) {
            INDArray classes = Nd4j.create(minibatch.size(), 1);
            for (int i = 0; i < minibatch.size(); i++) {
                classes.putScalar(i, minibatch.labels()[i]);
            }
            setLabels(classes);
        }
        return super.getLabels();
    }
}
