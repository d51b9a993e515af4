package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Mirror;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.torch.update.Moments.Block;
import io.github.sparkcnn.kernel.update.LearningRates;
import io.github.sparkcnn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A few operations over the flat tensors, however many layers there are: a network whose layers have one optimizer is one stretch.
 * What is not trained in it, frozen layers and running statistics, has a gradient and a state of 0, which move nothing.
 */
final class FlatUpdate implements Update {

    /** Parameters of one optimizer. */
    private record Stretch(Rule rule, Tensor parameters, Tensor gradient, List<Tensor> moments) {}

    private final LearningRates rates;
    private final FlatTensors flat;
    private final Clipping clipping;
    private final Moments moments;
    private final List<Stretch> stretches = new ArrayList<>();
    private final Optional<Tensor> decay;

    FlatUpdate(Network network, Blocks blocks, KernelOptions options, TorchDevice device, FlatTensors flat) {
        this.flat = flat;
        rates = new LearningRates(network);
        clipping = new Clipping(options.clipping());
        moments = new Moments(device, blocks.blocks(), flat.parameters().numel());
        decay = hasAny(blocks.decay()) ? Optional.of(device.copyOf(blocks.decay())) : Optional.empty();
        long start = 0;
        for (int i = 0; i < blocks.blocks().size(); i++) {
            Block block = blocks.blocks().get(i);
            boolean ends = i + 1 == blocks.blocks().size()
                    || !blocks.blocks().get(i + 1).rule().equals(block.rule());
            if (ends) {
                stretches.add(stretch(block.rule(), start, block.end()));
                start = block.end();
            }
        }
    }

    private Stretch stretch(Rule rule, long start, long end) {
        long length = end - start;
        return new Stretch(
                rule,
                flat.parameters().narrow(0, start, length),
                flat.gradient().narrow(0, start, length),
                moments.of(start, length));
    }

    private static boolean hasAny(float[] decay) {
        for (float factor : decay) {
            if (factor != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void apply(int iteration, int epoch, int batchSize) {
        clipping.apply(flat.gradient());
        decay.ifPresent(factors -> flat.gradient().addcmul_(flat.parameters(), factors));
        for (Stretch stretch : stretches) {
            stretch.rule.apply(stretch.parameters, stretch.gradient, stretch.moments, iteration, epoch);
        }
    }

    @Override
    public void scaleLearningRates(double factor) {
        rates.scale(factor);
    }

    @Override
    public List<Mirror> state() {
        return moments.mirrors();
    }
}
