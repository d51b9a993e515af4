/**
 * Random changes to training images, on the bytes of one image, by the worker that trains on it: one file per augmentation, with
 * the provider that finds it by its name. What happens to an image depends on (seed, epoch, index of the image) and on nothing
 * else. Depends on {@code keys}, {@code image} and {@code random}.
 */
package io.github.sparkcnn.data.augment;
