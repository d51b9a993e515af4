package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.NotANumberException;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Replica;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Test images that the workers evaluate on, each its own.
 *
 * @param shares dealt by {@link TestSet#BATCH}, one for each worker
 * @param classes of the network
 * @param mistakes the first misclassified images that are kept
 */
public record TestShares(Shares shares, PixelScale scale, int classes, int mistakes) {

    /** The same images in other shares. */
    public TestShares of(Shares others) {
        return new TestShares(others, scale, classes, mistakes);
    }

    /** One element a partition. */
    JavaRDD<TestSet> opened() {
        return shares.opened().mapPartitions(new Open(scale, classes, mistakes), true);
    }

    /** In a worker: predicts its images, and says what that came to. */
    static byte[] report(TestSet images, Replica replica) {
        ByteBuffer report;
        try {
            PartialEvaluation part = images.evaluate(replica);
            report = Message.bytes(part::write);
        } catch (NotANumberException e) { // not the worker's failure: the run has diverged
            report = Message.bytes(out -> PartialEvaluation.write(e, out));
        }
        byte[] bytes = new byte[report.remaining()];
        report.get(bytes);
        return bytes;
    }

    /**
     * Adds up what the workers say; in whatever order, to the same bits.
     *
     * @throws NotANumberException where the network predicts none
     */
    PartialEvaluation joined(List<byte[]> reports) {
        PartialEvaluation all = new PartialEvaluation(classes, mistakes);
        for (byte[] report : reports) {
            Message.read(ByteBuffer.wrap(report), in -> {
                all.merge(in, shares.shape());
                return all;
            });
        }
        if (all.images() != shares.size()) {
            throw new IllegalStateException("the workers predicted " + all.images() + " images of " + shares.size());
        }
        return all;
    }

    private static final class Open implements FlatMapFunction<Iterator<Share>, TestSet> {
        private static final long serialVersionUID = 1L;

        private final PixelScale scale;
        private final int classes;
        private final int mistakes;

        Open(PixelScale scale, int classes, int mistakes) {
            this.scale = scale;
            this.classes = classes;
            this.mistakes = mistakes;
        }

        @Override
        public Iterator<TestSet> call(Iterator<Share> share) {
            return List.of(new TestSet(share.next(), scale, classes, mistakes)).iterator();
        }
    }
}
