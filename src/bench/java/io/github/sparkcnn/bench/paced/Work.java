package io.github.sparkcnn.bench.paced;

/**
 * What one worker has to do, or has done.
 *
 * @param steps of the optimizer
 * @param averagings that it has lent its state to
 * @param predictions batches of test images
 */
public record Work(int steps, int averagings, int predictions) {}
