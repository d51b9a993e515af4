/**
 * Event files that TensorBoard opens: scalars, histograms, images, text and hyper-parameters. Depends on the protocol buffers
 * inside nd4j-api and on Hadoop's streams; knows nothing of training.
 */
package io.github.sparkcnn.track.tensorboard;
