package io.github.sparkcnn.tune;

import io.github.sparkcnn.config.Configuration;
import java.util.Map;

/**
 * A trial that has not begun.
 *
 * @param number counted from 1
 * @param settings values by key
 * @param configuration the experiment with them
 */
record DrawnTrial(int number, Map<String, String> settings, Configuration configuration) {}
