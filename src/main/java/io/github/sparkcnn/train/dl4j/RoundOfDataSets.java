package io.github.sparkcnn.train.dl4j;

import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.kernel.Kernels;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.dataset.DataSet;

/** Makes the DataSets of one averaging round from a worker's packed share: minibatches [first, first + frequency). */
public record RoundOfDataSets(MinibatchPlan plan, int frequency, int epoch, int first)
        implements Function2<Integer, Iterator<Share>, Iterator<DataSet>> {

    @Override
    public Iterator<DataSet> call(Integer rank, Iterator<Share> partition) {
        Kernels.wake();
        Share share = partition.next();
        Minibatches minibatches = plan.of(share);
        minibatches.startEpoch(epoch, rank);
        int end = Math.min(first + frequency, minibatches.count());
        return new Iterator<>() {
            private int next = first;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            /** Made when it is asked for and not before: it is where the one before was. */
            @Override
            public DataSet next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return new MinibatchDataSet(minibatches.get(next++), share.shape());
            }
        };
    }
}
