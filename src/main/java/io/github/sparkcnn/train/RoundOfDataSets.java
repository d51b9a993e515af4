package io.github.sparkcnn.train;

import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Kernels;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Makes the DataSets of one averaging round from a worker's packed share: minibatches [first, first + frequency). */
final class RoundOfDataSets implements Function2<Integer, Iterator<Share>, Iterator<DataSet>> {
    private static final long serialVersionUID = 1L;

    private final MinibatchPlan plan;
    private final int frequency;
    private final int classes;
    private final int epoch;
    private final int first;

    RoundOfDataSets(MinibatchPlan plan, int frequency, int classes, int epoch, int first) {
        this.plan = plan;
        this.frequency = frequency;
        this.classes = classes;
        this.epoch = epoch;
        this.first = first;
    }

    @Override
    public Iterator<DataSet> call(Integer rank, Iterator<Share> partition) {
        Kernels.wake();
        Share share = partition.next();
        Minibatches minibatches = plan.of(share);
        minibatches.startEpoch(epoch, rank);
        return IntStream.range(first, Math.min(first + frequency, minibatches.count()))
                .mapToObj(i -> dataSet(minibatches.get(i), share.shape()))
                .iterator();
    }

    private DataSet dataSet(Minibatch batch, ImageShape shape) {
        INDArray features = Nd4j.create(
                Arrays.copyOf(batch.features(), batch.size() * shape.size()),
                new long[] {batch.size(), shape.channels(), shape.height(), shape.width()},
                'c');
        INDArray labels = Nd4j.zeros(batch.size(), classes);
        for (int i = 0; i < batch.size(); i++) {
            labels.putScalar(i, batch.labels()[i], 1);
        }
        return new DataSet(features, labels);
    }
}
