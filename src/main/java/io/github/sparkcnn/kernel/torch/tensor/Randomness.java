package io.github.sparkcnn.kernel.torch.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/** Random tensors on a device, which begin anew with every step's seed. */
public final class Randomness {
    private final Generator generator;
    private final GeneratorOptional source;

    /** Random numbers of the device's. */
    public Randomness(TorchDevice device) {
        generator = device.generator();
        source = new GeneratorOptional(generator);
    }

    /** Begins with a seed: what is drawn from here on depends on it and nothing else. */
    public void restart(long seed) {
        generator.set_current_seed(seed);
    }

    /** Fills a tensor with ones of this probability, and zeros. */
    public Tensor chances(Tensor target, double probability) {
        return target.bernoulli_(probability, source);
    }

    /** Fills a tensor with normal numbers. */
    public Tensor normal(Tensor target, double mean, double deviation) {
        return target.normal_(mean, deviation, source);
    }
}
