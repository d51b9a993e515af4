package io.github.sparkcnn.kernel.torch.tensor;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * In which numbers a forward pass multiplies, that is convolutions and dense layers; the backward pass does as the forward one did.
 * What is kept has 32 bits: 16 are made of it where a product is computed, by PyTorch's autocast.
 */
public final class Products {
    private final DeviceType device;
    private final Precision precision;

    /** Of a device's. */
    public Products(TorchDevice device, Precision precision) {
        this.device = device.type();
        this.precision = precision;
    }

    /**
     * Of images, the one that is multiplied fastest: a pixel's channels side by side, for oneDNN and for tensor cores. A GPU's whole 32
     * bits are no tensor core's.
     */
    public MemoryFormat layout() {
        return device == DeviceType.CUDA && precision == Precision.FLOAT32
                ? MemoryFormat.Contiguous
                : MemoryFormat.ChannelsLast;
    }

    /** Comes before each piece of work: which products of 32 bits are tensor cores' is said for the whole process. */
    public void choose() {
        if (device == DeviceType.CUDA) {
            Context context = torch.globalContext();
            context.setAllowTF32CuDNN(precision == Precision.TF32);
            context.setAllowTF32CuBLAS(precision == Precision.TF32);
        }
    }

    /** The forward pass, and its result in 32 bits. */
    public Tensor in32Bits(Supplier<Tensor> forward) {
        if (precision != Precision.BF16) {
            return forward.get();
        }
        // All three belong to the thread. What autocast would keep of the weights is wrong after a step.
        torch.set_autocast_dtype(device, ScalarType.BFloat16);
        torch.set_autocast_cache_enabled(false);
        torch.set_autocast_enabled(device, true);
        try {
            return forward.get().to(ScalarType.Float);
        } finally {
            torch.set_autocast_enabled(device, false);
        }
    }
}
