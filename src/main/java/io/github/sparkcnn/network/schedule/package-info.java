/**
 * How the learning rate changes during training: one class per schedule, found by name. Pure arithmetic; depends on
 * {@code config} only for the messages about wrong keys.
 */
package io.github.sparkcnn.network.schedule;
