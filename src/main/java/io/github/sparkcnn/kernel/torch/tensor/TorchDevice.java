package io.github.sparkcnn.kernel.torch.tensor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where tensors lie and are computed. Only {@code cpu} was ever run. */
public final class TorchDevice {
    private final Device device;
    private final TensorOptions floats;

    /** By libtorch's name: {@code cpu}, {@code cuda:0}. */
    public TorchDevice(String name) {
        device = new Device(name);
        floats = new TensorOptions(ScalarType.Float).device(new DeviceOptional(device));
    }

    /** Its kind. */
    DeviceType type() {
        return device.type().intern();
    }

    /** Zeros. */
    public Tensor zeros(long... dims) {
        return torch.zeros(dims, floats);
    }

    /** Zeros in host memory, {@code [length]}; page-locked where the device is a GPU. */
    Tensor hostMemory(long length) {
        return torch.zeros(
                new long[] {length}, new TensorOptions(ScalarType.Float).pinned_memory(new BoolOptional(!isHost())));
    }

    /** The bytes of it that nobody uses; libtorch gives back first what it keeps of what was freed. */
    public long freeMemory() {
        torch.emptyCache();
        return torch.getMemoryInfo(device.index()).first();
    }

    /** Whether host memory is its own. */
    public boolean isHost() {
        return device.is_cpu();
    }

    /** Bytes, whatever they are. */
    public Tensor bytes(long... dims) {
        return torch.empty(
                dims,
                new TensorOptions(ScalarType.Byte).device(new DeviceOptional(device)),
                new MemoryFormatOptional());
    }

    /** Copies bytes of the Java heap into as many there. */
    public void copy(byte[] values, Tensor target) {
        BytePointer host = TorchScope.holding(new BytePointer(values));
        target.flatten().copy_(torch.from_blob(host, new long[] {values.length}, new TensorOptions(ScalarType.Byte)));
    }

    /** A copy of numbers in the Java heap. */
    public Tensor copyOf(float[] values) {
        return copyOf(values, 0, new MemoryFormatOptional(), values.length);
    }

    /** A copy of a part of an array, in a layout. */
    public Tensor copyOf(float[] values, int from, MemoryFormatOptional layout, long... dims) {
        int length = 1;
        for (long dim : dims) {
            length *= Math.toIntExact(dim);
        }
        FloatPointer host = TorchScope.holding(new FloatPointer(length));
        host.put(values, from, length);
        return onDevice(over(host, dims), ScalarType.Float, layout);
    }

    /** A copy of the first whole numbers of an array, as such. */
    public Tensor copyOf(int[] values, int length) {
        IntPointer host = TorchScope.holding(new IntPointer(length));
        host.put(values, 0, length);
        return onDevice(
                torch.from_blob(host, new long[] {length}, new TensorOptions(ScalarType.Int)),
                ScalarType.Int,
                new MemoryFormatOptional());
    }

    /** A copy of floats, wherever they are. */
    public Tensor copyOf(Tensor floats) {
        return floats.to(device, ScalarType.Float, false, true, new MemoryFormatOptional());
    }

    /** Places in another tensor. */
    public Tensor places(int[] values) {
        return copyOf(values, values.length).to(ScalarType.Long);
    }

    private Tensor onDevice(Tensor host, ScalarType type, MemoryFormatOptional layout) {
        return host.to(device, type, false, false, layout);
    }

    /** Numbers in host memory as a tensor there. */
    public static Tensor over(FloatPointer values, long... dims) {
        return torch.from_blob(values, dims, new TensorOptions(ScalarType.Float));
    }

    /** Copies numbers of a device into an array. */
    public static void copy(Tensor values, float[] target, int from) {
        values.cpu().contiguous().data_ptr_float().get(target, from, Math.toIntExact(values.numel()));
    }

    /** Random numbers of the replica's own, from which nobody else draws. */
    public Generator generator() {
        return torch.globalContext().defaultGenerator(device).clone();
    }
}
