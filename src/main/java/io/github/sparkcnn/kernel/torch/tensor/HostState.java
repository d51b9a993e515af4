package io.github.sparkcnn.kernel.torch.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** Host memory for a state on its way between a device and the rest of the program: parameters and the updater's state. */
public final class HostState {
    private final FloatPointer parameters;
    private final FloatPointer updater;

    /** Room for so many numbers. */
    public HostState(long parameters, long updater) {
        this.parameters = TorchScope.holding(new FloatPointer(parameters));
        this.updater = TorchScope.holding(new FloatPointer(updater));
    }

    /** {@code [n]}. */
    public Tensor parameters() {
        return TorchDevice.over(parameters, parameters.capacity());
    }

    /** {@code [m]}, in Deeplearning4j's order; of no elements where the optimizer has no state. */
    public Tensor updater() {
        return TorchDevice.over(updater, updater.capacity());
    }

    /** Both in place, without the second where it is empty. */
    public List<ByteBuffer> buffers() {
        return Stream.of(parameters, updater)
                .filter(floats -> floats.capacity() > 0)
                .map(FloatPointer::asByteBuffer)
                .toList();
    }

    /** Copies them out. */
    public float[] copyOfParameters() {
        return copyOf(parameters);
    }

    /** Copies them out. */
    public float[] copyOfUpdater() {
        return copyOf(updater);
    }

    /** Copies them in. */
    public void put(float[] newParameters, float[] newUpdater) {
        parameters.put(newParameters, 0, Math.toIntExact(parameters.capacity()));
        updater.put(newUpdater, 0, Math.toIntExact(updater.capacity()));
    }

    private static float[] copyOf(FloatPointer floats) {
        float[] copy = new float[Math.toIntExact(floats.capacity())];
        floats.get(copy);
        return copy;
    }
}
