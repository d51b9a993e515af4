package io.github.sparkcnn.network.architecture;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.activations.Activation;

/** Batch normalisation with the constants of {@code torch.nn.BatchNorm2d}. */
final class TorchBatchNorm {

    private TorchBatchNorm() {}

    static BatchNormalization named(String name) {
        // PyTorch's momentum 0.1 is the weight of the new value, Deeplearning4j's decay that of the old one.
        return new BatchNormalization.Builder()
                .name(name)
                .decay(0.9)
                .eps(1e-5)
                .activation(Activation.IDENTITY)
                .build();
    }
}
