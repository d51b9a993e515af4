package io.github.sparkcnn.kernel.torch.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Host memory for a state on its way between a device and the rest of the program: parameters and behind them the updater's
 * state. For a GPU it is page-locked, out of which CUDA copies without a copy of its own between.
 */
public final class HostState {
    private final Tensor all;
    private final FloatPointer floats;
    private final long parameters;
    private final long length;

    /** Room for so many numbers. */
    public HostState(TorchDevice device, long parameters, long updater) {
        this.parameters = parameters;
        length = parameters + updater;
        all = device.hostMemory(length);
        floats = all.data_ptr_float().capacity(length);
    }

    /** Of parameters and updater together. */
    public long length() {
        return length;
    }

    /** Copies a range of it from the device. */
    public void read(List<Mirror> mirrors, long from, long to) {
        forEach(mirrors, from, to, Tensor::copy_);
    }

    /** Copies a range of it to the device. */
    public void write(List<Mirror> mirrors, long from, long to) {
        forEach(mirrors, from, to, (host, there) -> there.copy_(host));
    }

    private void forEach(List<Mirror> mirrors, long from, long to, BiConsumer<Tensor, Tensor> copy) {
        for (Mirror mirror : mirrors) {
            long first = Math.max(from, mirror.start());
            long size = Math.min(to, mirror.start() + mirror.tensor().numel()) - first;
            if (size > 0) {
                copy.accept(all.narrow(0, first, size), mirror.tensor().narrow(0, first - mirror.start(), size));
            }
        }
    }

    /** Both in place, without the second where it is empty. */
    public List<ByteBuffer> buffers() {
        return Stream.of(buffer(0, parameters), buffer(parameters, length))
                .filter(ByteBuffer::hasRemaining)
                .toList();
    }

    /** A range in place. */
    public ByteBuffer buffer(long from, long to) {
        return from == to ? ByteBuffer.allocate(0) : range(from, to).asByteBuffer();
    }

    /** Copies them out. */
    public float[] copyOfParameters() {
        return copyOf(0, parameters);
    }

    /** Copies them out. */
    public float[] copyOfUpdater() {
        return copyOf(parameters, length);
    }

    /** Copies them in. */
    public void put(float[] newParameters, float[] newUpdater) {
        range(0, parameters).put(newParameters, 0, Math.toIntExact(parameters));
        range(parameters, length).put(newUpdater, 0, Math.toIntExact(length - parameters));
    }

    private float[] copyOf(long from, long to) {
        float[] copy = new float[Math.toIntExact(to - from)];
        range(from, to).get(copy);
        return copy;
    }

    private FloatPointer range(long from, long to) {
        return new FloatPointer(floats).position(from).limit(to);
    }
}
