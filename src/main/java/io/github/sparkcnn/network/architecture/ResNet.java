package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.Network;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The residual network for 32×32 colour of He et al., "Deep residual learning for image recognition", 2015, section 4.2: three stages
 * of n basic blocks of w, 2w and 4w maps, which halve the image twice; where the maps change, the shortcut is a 1×1 convolution (the
 * paper's option B). Depth 20, width 16: 272,474 parameters on three channels and ten classes, and 1,568 running statistics.
 *
 * @param depth layers with weights but the shortcuts', 6n + 2
 * @param width maps of the first stage
 */
public record ResNet(int depth, int width) implements Architecture {

    private static final Range DEPTH = Range.of(8, 1202).saying("6n + 2: 8, 14, 20, 32, 44, 56, … 1202");
    private static final Range WIDTH = Range.of(1, 1024);
    private static final int STAGES = 3;
    private static final int LAYERS_PER_BLOCK = 2;

    public ResNet {
        if (!isDepth(depth)) {
            throw new IllegalArgumentException("depth is " + depth + ", not 6n + 2");
        }
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + ", not 1 or more");
        }
    }

    /** ResNet-20. */
    public ResNet() {
        this(20, 16);
    }

    @Override
    public String name() {
        return "resnet";
    }

    @Override
    public Architecture read(Keys keys) {
        int layers = keys.has("depth") ? keys.whole("depth", DEPTH) : depth;
        keys.require(isDepth(layers), "depth", layers, DEPTH.words());
        return new ResNet(layers, keys.has("width") ? keys.whole("width", WIDTH) : width);
    }

    private static boolean isDepth(int depth) {
        return depth >= 8 && (depth - 2) % (STAGES * LAYERS_PER_BLOCK) == 0;
    }

    @Override
    public boolean isSequential() {
        return false;
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        ResidualBlocks blocks = new ResidualBlocks(input, updater, l2, width);
        int blocksPerStage = (depth - 2) / (STAGES * LAYERS_PER_BLOCK);
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 1; block <= blocksPerStage; block++) {
                int stride = stage > 1 && block == 1 ? 2 : 1;
                blocks.add("stage" + stage + "-" + block, stride, width << (stage - 1));
            }
        }
        return blocks.classify(classes);
    }
}
