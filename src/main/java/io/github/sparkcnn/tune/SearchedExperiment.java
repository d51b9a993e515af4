package io.github.sparkcnn.tune;

import io.github.sparkcnn.config.Configuration;
import java.util.List;

/** What is searched: an experiment that takes further settings {@code KEY=VALUE}. */
public interface SearchedExperiment {

    /** Its configuration with these. */
    Configuration with(List<String> settings);

    /** One text with these in it, HOCON, of which {@code train} makes the same configuration. */
    String textWith(List<String> settings);
}
