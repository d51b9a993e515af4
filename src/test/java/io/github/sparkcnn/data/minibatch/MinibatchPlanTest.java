package io.github.sparkcnn.data.minibatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.keys.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinibatchPlanTest {

    private static final int IMAGES = 23;
    private static final ImageShape SHAPE = new ImageShape(1, 6, 5);
    private static final List<Augmentation> AUGMENTATION = Augmentation.read(List.of(
            Keys.of("training.augmentation[0]", Map.of("name", "flip")),
            Keys.of("training.augmentation[1]", Map.of("name", "crop", "padding", 2))));

    @Test
    void anImageIsAugmentedTheSameHoweverTheImagesAreSpread() {
        Map<Integer, List<Float>> alone = features(plan(AUGMENTATION, 4), 1, 3);

        assertThat(alone).hasSize(IMAGES);
        assertThat(features(plan(AUGMENTATION, 7), 2, 3)).isEqualTo(alone);
        assertThat(features(plan(AUGMENTATION, 4), 2, 4)).isNotEqualTo(alone);
        assertThat(features(plan(List.of(), 4), 1, 3)).isNotEqualTo(alone);
    }

    /** The features of an epoch by the image's index, which is also its label. */
    private static Map<Integer, List<Float>> features(MinibatchPlan plan, int workers, int epoch) {
        Map<Integer, List<Float>> features = new TreeMap<>();
        for (int worker = 0; worker < workers; worker++) {
            Minibatches minibatches = plan.of(Share.of(share(worker, workers)));
            minibatches.startEpoch(epoch, worker);
            for (int i = 0; i < minibatches.count(); i++) {
                Minibatch batch = minibatches.get(i);
                for (int k = 0; k < batch.size(); k++) {
                    int from = k * SHAPE.size();
                    features.put(
                            batch.labels()[k],
                            IntStream.range(from, from + SHAPE.size())
                                    .mapToObj(p -> batch.features()[p])
                                    .toList());
                }
            }
        }
        return features;
    }

    private static PackedImages share(int worker, int workers) {
        byte[] pixels = new byte[IMAGES * SHAPE.size()];
        new Random(2).nextBytes(pixels);
        PackedBuilder share = new PackedBuilder(SHAPE, IMAGES);
        for (int index = worker; index < IMAGES; index += workers) {
            int from = index * SHAPE.size();
            share.add(index, Arrays.copyOfRange(pixels, from, from + SHAPE.size()), index);
        }
        return share.build();
    }

    private static MinibatchPlan plan(List<Augmentation> augmentation, int batchSize) {
        return new MinibatchPlan(PixelScale.UNIT, batchSize, false, 9, augmentation);
    }
}
