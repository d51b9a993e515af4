/**
 * Random changes to training images, on the bytes of one image, by the worker that trains on it. What happens to an image
 * depends on (seed, epoch, index of the image) and on nothing else. Depends on {@code config} for messages and on
 * {@code data}'s value types.
 */
package io.github.sparkcnn.data.augment;
