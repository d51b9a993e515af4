/**
 * Images on the executors, packed: read once into blocks, chosen by position, dealt to workers, and read there in any order.
 * Depends on {@code image}, {@code random}, {@code io}, the configuration's hold-out and Spark; knows no file format.
 */
package io.github.sparkcnn.data.pack;
