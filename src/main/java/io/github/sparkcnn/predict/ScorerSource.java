package io.github.sparkcnn.predict;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Replica;
import java.io.Serializable;
import java.util.function.Consumer;

/** A model on its way to the executors. */
interface ScorerSource extends Serializable {

    /**
     * A scorer for one task; the model behind it is opened once and kept in the executor.
     *
     * @param batchSize the most images that a call brings
     * @param told what it computes on, where that may be less than was asked for
     */
    Scorer open(int batchSize, Consumer<BackendReport> told);

    /** The same for many images: in batches of what suits the engine. */
    default Scorer open(Consumer<BackendReport> told) {
        return open(Replica.PREDICTION_BATCH, told);
    }
}
