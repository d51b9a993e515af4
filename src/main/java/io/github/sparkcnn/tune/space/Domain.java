package io.github.sparkcnn.tune.space;

import io.github.sparkcnn.random.RandomStream;
import java.util.List;

/** The values that one key may have in a search, each as {@code --set} has it. Its text is what it was read from. */
interface Domain {

    /** One of them, by one number of the stream. */
    String draw(RandomStream random);

    /** Those that can be wrong where the others are not. */
    List<String> extremes();
}
