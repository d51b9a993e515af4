package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.image.ImageShape;
import java.io.Serializable;

/**
 * What all rows of a CSV data set share.
 *
 * @param shape of every image; a row has one column more than it has values
 * @param classes labels are 0 … classes − 1
 */
record CsvLayout(ImageShape shape, int classes) implements Serializable {}
