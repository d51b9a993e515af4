package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.ElementCount;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What all workers are to do next.
 *
 * @param number of the order in the run, counted from 0
 * @param kind of the work
 * @param start what they are to go on from
 * @param epoch that is trained, counted from 0
 * @param factors of training: what the network's own learning rates are multiplied by, step by step
 * @param before what of the epoch is trained already
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way, compared by nobody
public record WorkOrder(int number, Kind kind, Start start, int epoch, double[] factors, PartOfEpoch before) {

    /** What there is to do. */
    public enum Kind {
        /** An epoch: the state is another afterwards, and one worker brings it. */
        TRAIN,
        /** Predict the test images. */
        EVALUATE
    }

    /** To train an epoch, or what is left of it. */
    public static WorkOrder train(int number, Start start, int epoch, double[] factors, PartOfEpoch before) {
        return new WorkOrder(number, Kind.TRAIN, start, epoch, factors, before);
    }

    /** To predict the test images. */
    public static WorkOrder evaluate(int number, Start start) {
        return new WorkOrder(number, Kind.EVALUATE, start, 0, new double[0], PartOfEpoch.NONE);
    }

    /**
     * The driver's state.
     *
     * @param version another one for every state that the driver's network has had
     * @param iteration optimizer steps taken; a worker with fewer minibatches has counted fewer
     * @param epoch epochs completed, as the network counts them
     */
    public record Start(int version, int iteration, int epoch) {

        private void write(DataOutputStream out) throws IOException {
            out.writeInt(version);
            out.writeInt(iteration);
            out.writeInt(epoch);
        }

        private static Start read(DataInputStream in) throws IOException {
            return new Start(in.readInt(), in.readInt(), in.readInt());
        }
    }

    ByteBuffer bytes() {
        return Message.bytes(out -> {
            out.writeInt(number);
            out.writeUTF(kind.name());
            start.write(out);
            out.writeInt(epoch);
            out.writeInt(factors.length);
            for (double factor : factors) {
                out.writeDouble(factor);
            }
            TrainedPart.write(before, out);
        });
    }

    /** What {@link #bytes} wrote; throws IllegalArgumentException for anything else. */
    static WorkOrder read(ByteBuffer bytes) {
        return Message.read(bytes, in -> {
            int number = in.readInt();
            Kind kind = Kind.valueOf(in.readUTF());
            Start start = Start.read(in);
            int epoch = in.readInt();
            double[] factors = new double[ElementCount.read(in, Double.BYTES)];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = in.readDouble();
            }
            return new WorkOrder(number, kind, start, epoch, factors, TrainedPart.readPart(in));
        });
    }
}
