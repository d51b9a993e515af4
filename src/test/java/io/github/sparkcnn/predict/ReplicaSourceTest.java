package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.DetachedEngine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSourceTest {

    @Test
    void anyEngineThatWasAskedForByNameRefusesBeforeTheModelIsSent() {
        Kernels.wake();
        ImageShape coloured = new ImageShape(3, 28, 28);
        Network network = Architectures.build("all-convolutional", coloured, 2, new Adam(0.001, 0), 1);
        ModelCard card = ModelCard.unsaved("all-convolutional", List.of("a", "b"), coloured, PixelScale.UNIT);
        KernelOptions detached = KernelOptions.defaults().withEngine("detached");

        assertThatThrownBy(() -> ReplicaSource.of(new ModelFolder.Saved(network, card), detached))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use detached for this network: images have 3 channels.");
    }

    @Test
    void scoresInBatchesThatSuitTheEngineUnlessTheCallerKnowsBetter() {
        Kernels.wake();
        Network network = Architectures.build("all-convolutional", ImageShape.MNIST, 2, new Adam(0.001, 0), 1);
        ModelCard card = ModelCard.unsaved("all-convolutional", List.of("a", "b"), ImageShape.MNIST, PixelScale.UNIT);
        ReplicaSource detached = ReplicaSource.of(
                new ModelFolder.Saved(network, card), KernelOptions.defaults().withEngine("detached"));

        try (Scorer own = detached.open(told -> {});
                Scorer given = detached.open(25, told -> {})) {
            assertThat(own.batchSize()).isEqualTo(DetachedEngine.PREDICTION_BATCH);
            assertThat(given.batchSize()).isEqualTo(25);
        }
    }
}
