/**
 * Memory that two workers of one host share: a file that both have mapped and that has no name any more, cut into slots for
 * segments. What is in a slot when is said over the network. Depends on nothing.
 */
package io.github.sparkcnn.allreduce.memory;
