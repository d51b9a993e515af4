package io.github.sparkcnn.predict;

import java.io.Serializable;

/** A model on its way to the executors. */
interface ScorerSource extends Serializable {

    /** A scorer for one task; the model behind it is opened once and kept in the executor. */
    Scorer open(int batchSize);
}
