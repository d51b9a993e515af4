/**
 * Event files that TensorBoard opens: scalars, histograms, images and hyper-parameters. Depends on {@code io}, Hadoop and ND4J, whose
 * protocol buffers these are; knows nothing of training.
 */
package io.github.sparkcnn.track.tensorboard;
