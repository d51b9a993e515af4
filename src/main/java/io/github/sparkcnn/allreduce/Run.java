package io.github.sparkcnn.allreduce;

import java.io.Serializable;

/**
 * One attempt of one training run: what a worker must name to be let in.
 *
 * @param id of the run, unique in the Spark application and beyond
 * @param attempt of the barrier stage, counted from 0; a later attempt ends the earlier ones
 */
public record Run(String id, int attempt) implements Serializable {

    @Override
    public String toString() {
        return id + " attempt " + attempt;
    }
}
