package io.github.sparkcnn.kernel.torch.group;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.torch.tensor.TorchScope;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * A seat whose vectors are added up by a group of libtorch's on the device: Σ wᵢ/W · xᵢ. What travels along with them goes
 * through another communicator, which also says of a worker that is gone before the vectors start, and is not closed with this
 * one.
 */
final class GroupCommunicator implements Communicator {
    private final Communicator others;
    private final Backend group;
    private final TorchDevice device;
    private final Runnable end;

    /** @param end of what the group was made with */
    GroupCommunicator(Communicator others, Backend group, TorchDevice device, Runnable end) {
        this.others = others;
        this.group = group;
        this.device = device;
        this.end = end;
    }

    @Override
    public int rank() {
        return others.rank();
    }

    @Override
    public int size() {
        return others.size();
    }

    /** Comes back when all is done: what there is to overlap is the copies, and those are the work. */
    @Override
    public Averaging start(FloatVector vector, Contribution own) {
        Contributions all = others.average(FloatVector.of(ByteBuffer.allocateDirect(Float.BYTES)), own);
        if (all.weight() > 0) {
            for (ByteBuffer buffer : vector.buffers()) {
                average(buffer, own.weight() / (double) all.weight());
            }
        }
        return () -> all;
    }

    @SuppressWarnings("try") // a scope is there to be closed
    private void average(ByteBuffer buffer, double share) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("a vector in the Java heap");
        }
        try (TorchScope scope = new TorchScope()) {
            Tensor host = TorchDevice.over(new FloatPointer(buffer.asFloatBuffer()), buffer.remaining() / Float.BYTES);
            Tensor part = device.copyOf(host);
            if (share == 0) {
                part.zero_(); // not times 0: a worker that counts for nothing may hold NaN
            } else {
                part.mul_(new Scalar(share));
            }
            group.allreduce(new TensorVector(part))._wait();
            host.copy_(part);
        }
    }

    @Override
    public void fail(String reason) {
        others.fail(reason);
    }

    @Override
    public void close() {
        group.close();
        end.run();
    }
}
