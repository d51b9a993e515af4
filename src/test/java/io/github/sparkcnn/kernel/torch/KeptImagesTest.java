package io.github.sparkcnn.kernel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that a step names by their places, here on the processor, are those that it would have been given. */
class KeptImagesTest {
    private static final PixelScale OF_GREY = new PixelScale(0.2, 0.3);
    private static final PixelScale OF_COLOURS = new PixelScale(List.of(0.1, 0.4, 0.5), List.of(0.2, 0.3, 0.7));

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stepsAreTheSameToTheDigit(boolean weighed) {
        for (PixelScale scale : List.of(OF_GREY, OF_COLOURS)) {
            stepsAreTheSameToTheDigit(weighed, minibatches(scale, List.of()), scale);
        }
    }

    /** Flips and crops are drawn as they are where images are given, and made where they are kept. */
    @Test
    void soAreThoseOfImagesThatAreMoved() {
        for (String augmentation : List.of("flip", "crop", "crop flip", "flip crop", "crop flip crop flip")) {
            stepsAreTheSameToTheDigit(false, minibatches(OF_COLOURS, named(augmentation)), OF_COLOURS);
        }
    }

    private static void stepsAreTheSameToTheDigit(boolean weighed, Minibatches minibatches, PixelScale scale) {
        try (TorchReplica given = open(weighed);
                TorchReplica keeping = open(weighed);
                KeptImages kept = keeping.keepOnDevice(minibatches.images(), scale)) {
            for (int epoch = 0; epoch < 2; epoch++) {
                minibatches.startEpoch(epoch, 0);
                for (int i = 0; i < minibatches.count(); i++) {
                    double expected = given.step(minibatches.get(i), i);
                    assertThat(kept.step(minibatches.chosen(i), i)).isEqualTo(expected);
                }
            }
            assertThat(keeping.read().parameters()).isEqualTo(given.read().parameters());
        }
    }

    @Test
    void aProcessorHasThemAlready() {
        try (TorchReplica replica = open(false)) {
            assertThat(replica.keep(minibatches(OF_GREY, List.of()).images(), OF_GREY))
                    .isEmpty();
        }
    }

    /** A gibibyte is a step's, and half of what is free where that is more. */
    @Test
    void imagesThatLeaveTooLittleForAStepStayWhereTheyAre() {
        Minibatches minibatches = minibatches(OF_GREY, List.of());
        long bytes = 11L * shape().size();
        long least = 1L << 30;
        try (TorchReplica replica = open(false)) {
            assertThat(replica.keepWithin(() -> least + bytes - 1, minibatches.images(), OF_GREY))
                    .isEmpty();
            assertThat(replica.backend().toString())
                    .contains("images in host memory: they are 0 MB, and of 1,073 MB of free memory 1,073 are for the"
                            + " steps");
        }
        try (TorchReplica replica = open(false)) {
            replica.keepWithin(() -> least + bytes, minibatches.images(), OF_GREY)
                    .orElseThrow()
                    .close();
            assertThat(replica.backend().toString()).doesNotContain("images in host memory");
        }
        assertThat(new Room(8 * least).refusal(4 * least)).isEmpty();
        assertThat(new Room(8 * least).refusal(4 * least + 1))
                .contains("they are 4,294 MB, and of 8,589 MB of free memory 4,294 are for the steps");
    }

    @Test
    void aDeviceThatDoesNotSayWhatIsFreeKeepsNone() {
        try (TorchReplica replica = open(false)) {
            assertThat(replica.keepWithin(
                            () -> {
                                throw new UnsatisfiedLinkError("no cudaMemGetInfo");
                            },
                            minibatches(OF_GREY, List.of()).images(),
                            OF_GREY))
                    .isEmpty();
            assertThat(replica.backend().toString()).contains("images in host memory: no cudaMemGetInfo");
        }
    }

    @Test
    void areFreed() {
        try (TorchReplica replica = open(false)) {
            replica.keepOnDevice(minibatches(OF_GREY, List.of()).images(), OF_GREY)
                    .close();
            long before = Pointer.totalCount();
            replica.keepOnDevice(minibatches(OF_GREY, List.of()).images(), OF_GREY)
                    .close();
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    /** Of 11 images, the last minibatch of 3. */
    private static List<Augmentation> named(String names) {
        List<Map<String, Object>> list = Arrays.stream(names.split(" "))
                .map(name -> name.equals("flip")
                        ? Map.<String, Object>of("name", name)
                        : Map.<String, Object>of("name", name, "padding", 3))
                .toList();
        return Augmentation.read(
                Keys.of("training", Map.of("augmentation", list)).groups("augmentation", "a list"));
    }

    private static Minibatches minibatches(PixelScale scale, List<Augmentation> augmentation) {
        ImageShape shape = shape();
        byte[] pixels = new byte[11 * shape.size()];
        new Random(3).nextBytes(pixels);
        int[] labels = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1};
        return new MinibatchPlan(scale, 4, false, 1, augmentation)
                .of(Share.of(new PackedImages(
                        shape, labels, pixels, IntStream.range(0, 11).toArray())));
    }

    private static ImageShape shape() {
        return new ImageShape(3, 12, 16);
    }

    private static TorchReplica open(boolean weighed) {
        Network network = Architectures.build("all-convolutional", shape(), 3, new Sgd(0.1, 0.9, 0), 1);
        KernelOptions options =
                KernelOptions.defaults().withEngine(Engines.TORCH).withTraining();
        return (TorchReplica) Engines.open(
                network, shape(), weighed ? options.withWeights(new ClassWeights(List.of(1.0, 2.0, 0.5))) : options);
    }
}
