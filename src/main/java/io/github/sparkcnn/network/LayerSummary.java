package io.github.sparkcnn.network;

import java.util.Optional;

/**
 * A layer, or what joins several, in one line.
 *
 * @param kind what Deeplearning4j calls it
 * @param output the shape of what it makes of one image: {@code 32×14×14} channels, height and width, or {@code 128} values
 * @param parameters that are trained
 * @param multiplyAdds of its weights for one image, forward: 0 without weights, empty where its kind is not known
 */
public record LayerSummary(String name, String kind, String output, long parameters, Optional<Long> multiplyAdds) {}
