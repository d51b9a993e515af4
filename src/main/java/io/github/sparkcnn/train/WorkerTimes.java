package io.github.sparkcnn.train;

import java.io.Serializable;

/**
 * Where a worker's time went in an epoch, in seconds.
 *
 * @param compute in optimizer steps
 * @param waiting for the slowest worker, before an averaging could begin
 * @param averaging in sending, adding and receiving
 */
public record WorkerTimes(double compute, double waiting, double averaging) implements Serializable {}
