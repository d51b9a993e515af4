package io.github.sparkcnn.train.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ChosenImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.keys.Keys;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which images a replica is sent, and which it keeps. */
class FeedTest {
    private final List<String> calls = new ArrayList<>();
    private boolean leavesProcessorFree;
    private String given;

    @Test
    void imagesThatAreKeptAreNamedByTheirPlaces() {
        Replica replica = replica(true);
        try (Feed feed = Feed.of(minibatches(List.of()), replica)) {
            feed.get(0).step(replica, 5);
            feed.get(1).step(replica, 6);
        }
        assertThat(calls).containsExactly("keeps 3", "2 kept from 0 by 5", "1 kept from 2 by 6", "frees");
    }

    @Test
    void aReplicaWithoutMemoryOfItsOwnIsGivenThem() {
        Replica replica = replica(false);
        try (Feed feed = Feed.of(minibatches(List.of()), replica)) {
            feed.get(1).step(replica, 6);
        }
        assertThat(calls).containsExactly("keeps 3", "1 given by 6");
    }

    @Test
    void whatIsDrawnAnewEachTimeIsNotKept() {
        Replica replica = replica(true);
        try (Feed feed = Feed.of(minibatches(List.of((shape, from, to, random) -> to[0] = 1)), replica)) {
            feed.get(0).step(replica, 5);
        }
        assertThat(calls).containsExactly("2 given by 5");
    }

    @Test
    void imagesWhoseRowsAndColumnsMoveAreKept() {
        Replica replica = replica(true);
        List<Keys> flip = Keys.of("training", Map.of("augmentation", List.of(Map.of("name", "flip"))))
                .groups("augmentation", "a list");
        try (Feed feed = Feed.of(minibatches(Augmentation.read(flip)), replica)) {
            feed.get(0).step(replica, 5);
        }
        assertThat(calls).containsExactly("keeps 3", "2 kept from 0, moved, by 5", "frees");
    }

    /** What is made on another thread, into arrays by turns, is what is made here; epochs may begin and end anywhere. */
    @Test
    void minibatchesThatAreMadeAheadAreTheSame() {
        List<Augmentation> drawn = List.of((shape, from, to, random) -> to[0] = (byte) (from[0] + random.below(64)));
        List<List<String>> features = new ArrayList<>();
        for (boolean isAhead : List.of(false, true)) {
            calls.clear();
            leavesProcessorFree = isAhead;
            List<String> seen = new ArrayList<>();
            Replica replica = replica(false);
            try (Feed feed = Feed.of(minibatches(drawn), replica)) {
                for (int epoch = 0; epoch < 4; epoch++) {
                    feed.startEpoch(epoch, 0);
                    for (int i = epoch % 2; i < (epoch == 2 ? 1 : 2); i++) {
                        feed.get(i).step(replica, 9);
                        seen.add(given);
                    }
                }
            }
            features.add(seen);
        }
        assertThat(features.get(0)).hasSize(5).doesNotHaveDuplicates();
        assertThat(features.get(1)).isEqualTo(features.get(0));
    }

    @Test
    void whyAMinibatchWasNotMadeAheadIsSaid() {
        leavesProcessorFree = true;
        List<Augmentation> broken = List.of((shape, from, to, random) -> {
            throw new IllegalArgumentException("broken");
        });
        try (Feed feed = Feed.of(minibatches(broken), replica(false))) {
            assertThatThrownBy(() -> feed.get(0)).hasRootCauseMessage("broken");
        }
    }

    private static Minibatches minibatches(List<Augmentation> augmentation) {
        Minibatches minibatches = new MinibatchPlan(PixelScale.UNIT, 2, false, 1, augmentation)
                .of(Share.of(new PackedImages(new ImageShape(1, 1, 1), new int[3], new byte[] {1, 2, 3}, new int[3])));
        minibatches.startEpoch(0, 0);
        return minibatches;
    }

    private Replica replica(boolean keeps) {
        return (Replica) Proxy.newProxyInstance(
                Replica.class.getClassLoader(), new Class<?>[] {Replica.class}, (replica, method, words) -> {
                    if (method.getName().equals("keep")) {
                        calls.add("keeps " + ((LabelledPixels) words[0]).size());
                        return keeps ? Optional.of(new Kept()) : Optional.empty();
                    }
                    if (method.getName().equals("leavesProcessorFree")) {
                        return leavesProcessorFree;
                    }
                    Minibatch batch = (Minibatch) words[0];
                    given = Arrays.toString(Arrays.copyOf(batch.features(), batch.size()));
                    calls.add(batch.size() + " given by " + words[1]);
                    return 0.0;
                });
    }

    private final class Kept implements KeptImages {

        @Override
        public double step(ChosenImages images, long seed) {
            String moved = images.moved().isPresent() ? ", moved, by " : " by ";
            calls.add(images.size() + " kept from " + images.from() + moved + seed);
            return 0;
        }

        @Override
        public void close() {
            calls.add("frees");
        }
    }
}
