package io.github.sparkcnn.allreduce.ring;

/** The two workers that sit so many places away: segments come from the left one and leave to the right one. */
record Chord(int distance, Neighbour left, Neighbour right) {}
