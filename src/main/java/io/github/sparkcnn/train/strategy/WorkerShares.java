package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.TestSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapFunction2;

/**
 * The images of one worker.
 *
 * @param test empty where there are no test images
 */
record WorkerShares(Share training, Optional<TestSet> test) {

    /** One element a partition, made in the task that uses it. */
    static JavaRDD<WorkerShares> of(Shares training, Optional<TestShares> test) {
        return test.map(images -> training.opened().zipPartitions(images.opened(), new Both()))
                .orElseGet(() -> training.opened().mapPartitions(new WithoutTest(), true));
    }

    private static final class Both implements FlatMapFunction2<Iterator<Share>, Iterator<TestSet>, WorkerShares> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<WorkerShares> call(Iterator<Share> training, Iterator<TestSet> test) {
            return List.of(new WorkerShares(training.next(), Optional.of(test.next())))
                    .iterator();
        }
    }

    private static final class WithoutTest implements FlatMapFunction<Iterator<Share>, WorkerShares> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<WorkerShares> call(Iterator<Share> training) {
            return List.of(new WorkerShares(training.next(), Optional.empty())).iterator();
        }
    }
}
