package io.github.sparkcnn.train;

import io.github.sparkcnn.train.listener.TrainingListener;

/**
 * Who keeps what has to outlive a training.
 *
 * @param permission asked, with an exception for a no, before an epoch is kept, and before the next begins
 * @param writers hear of every epoch before anybody else is told
 */
record Keepers(Runnable permission, TrainingListener writers) {

    /** Nobody else can want to write where they do. */
    static Keepers unasked(TrainingListener writers) {
        return new Keepers(() -> {}, writers);
    }
}
