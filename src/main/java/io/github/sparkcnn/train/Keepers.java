package io.github.sparkcnn.train;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Who keeps what has to outlive a training.
 *
 * @param permission asked, with an exception for a no, before an epoch or a part is kept, and before the next begins
 * @param steps the points of the loss that are kept of the epochs before
 * @param writers hear of every epoch before anybody else is told
 * @param parts take a part of an epoch with the state that it has come to
 */
record Keepers(
        Runnable permission,
        List<StepMetrics> steps,
        TrainingListener writers,
        BiConsumer<PartOfEpoch, NetworkState> parts) {

    /** Nobody else can want to write where they do, and parts are not kept. */
    static Keepers unasked(TrainingListener writers) {
        return new Keepers(() -> {}, List.of(), writers, (part, state) -> {});
    }
}
