package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.PartOfEpoch;
import java.util.List;

/**
 * Notes what the user is told of the epochs of so many images, none of which is kept in parts.
 *
 * @param notices that the others are added to
 */
record NotedWatch(List<String> notices, int images) implements Trainer.Watch {

    @Override
    public void noticed(String text) {
        notices.add(text);
    }

    @Override
    public void progressed(EpochProgress progress) {
        assertThat(progress.images()).isLessThanOrEqualTo(images);
    }

    @Override
    public void partTrained(PartOfEpoch part, NetworkState state) {
        throw new AssertionError("nobody wants parts");
    }
}
