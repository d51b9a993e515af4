package io.github.sparkcnn.tune.space;

import io.github.sparkcnn.random.RandomStream;
import java.util.List;
import java.util.OptionalLong;

/** The values that one key may have in a search, each as {@code --set} has it. Its text is what it was read from. */
interface Domain {

    /** One of them, by one number of the stream. */
    String draw(RandomStream random);

    /** How many values there are; empty where they are not counted, as of numbers that are not whole. */
    OptionalLong count();

    /** The value at a place from 0, of those that are counted. */
    String at(long place);

    /** Those that can be wrong where the others are not. */
    List<String> extremes();
}
