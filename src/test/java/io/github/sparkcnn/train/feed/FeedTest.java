package io.github.sparkcnn.train.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which images a replica is sent, and which it keeps. */
class FeedTest {
    private final List<String> calls = new ArrayList<>();

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
                    calls.add(((Minibatch) words[0]).size() + " given by " + words[1]);
                    return 0.0;
                });
    }

    private final class Kept implements KeptImages {

        @Override
        public double step(int[] places, int from, int size, long seed) {
            calls.add(size + " kept from " + from + " by " + seed);
            return 0;
        }

        @Override
        public void close() {
            calls.add("frees");
        }
    }
}
