package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.torch.tensor.Mirror;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * An optimizer's state on the device: a flat tensor for each number that it keeps of a parameter, in the order of the parameters.
 * Deeplearning4j has them block by block instead, first all first moments of a block, then all second ones.
 */
final class Moments {

    /** A stretch of parameters with one optimizer, and where Deeplearning4j keeps its state. */
    record Block(Rule rule, long start, long end, long stateStart) {

        long length() {
            return end - start;
        }
    }

    private final List<Block> blocks;
    private final Tensor[] flat;

    Moments(TorchDevice device, List<Block> blocks, long length) {
        this.blocks = blocks;
        flat = new Tensor
                [blocks.stream().mapToInt(block -> block.rule().moments()).max().orElse(0)];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = device.zeros(length);
        }
    }

    /** Those of a stretch of the parameters, as views. */
    List<Tensor> of(long start, long length) {
        List<Tensor> views = new ArrayList<>();
        for (Tensor moment : flat) {
            views.add(moment.narrow(0, start, length));
        }
        return views;
    }

    /** Each of a block's, where Deeplearning4j has it. */
    List<Mirror> mirrors() {
        List<Mirror> mirrors = new ArrayList<>();
        for (Block block : blocks) {
            for (int i = 0; i < block.rule().moments(); i++) {
                mirrors.add(new Mirror(
                        flat[i].narrow(0, block.start(), block.length()), block.stateStart() + i * block.length()));
            }
        }
        return mirrors;
    }
}
