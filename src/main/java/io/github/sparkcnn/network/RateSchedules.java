package io.github.sparkcnn.network;

import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The schedule that an optimizer of ND4J brings for its own learning rate. */
public final class RateSchedules {

    private static final String FIELD = "learningRateSchedule";

    private RateSchedules() {}

    /** Whether the rate has one. */
    public static boolean has(IUpdater updater) {
        return of(updater).isPresent();
    }

    /** The class of the schedule, without its package; there is no getter that all optimizers share. */
    public static Optional<String> of(IUpdater updater) {
        try {
            JsonNode schedule =
                    NeuralNetConfiguration.mapper().valueToTree(updater).path(FIELD);
            String type = schedule.path("@class").asText("");
            return schedule.isObject() ? Optional.of(type.substring(type.lastIndexOf('.') + 1)) : Optional.empty();
        } catch (IllegalArgumentException e) { // a stranger's, which Jackson cannot write
            return Optional.empty();
        }
    }
}
