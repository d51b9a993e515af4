package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.network.LayerOptimizer;
import io.github.sparkcnn.network.RateSchedules;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** The optimizers that a user's network brings, layer by layer. */
final class OwnOptimizer {

    /** A layer's optimizers, weights' and biases'; empty for a layer that learns nothing. */
    private final Map<String, Set<IUpdater>> byLayer = new LinkedHashMap<>();

    private final Map<String, NeuralNetConfiguration> layers;

    OwnOptimizer(Map<String, NeuralNetConfiguration> layers) {
        this.layers = layers;
        layers.forEach((name, configuration) -> byLayer.put(name, updaters(configuration.getLayer())));
    }

    private static Set<IUpdater> updaters(Layer layer) {
        Set<IUpdater> updaters = new LinkedHashSet<>();
        for (String parameter : layer.initializer().paramKeys(layer)) {
            IUpdater updater = layer.getUpdaterByParam(parameter);
            if (updater != null && !(updater instanceof NoOp)) {
                updaters.add(updater);
            }
        }
        return updaters;
    }

    /** The rate that schedules scale and metrics tell: that of the last layer which has one; 1 where none has. */
    double rate(int iteration, int epoch) {
        return byLayer.values().stream()
                .flatMap(Set::stream)
                .filter(IUpdater::hasLearningRate)
                .mapToDouble(updater -> updater.getLearningRate(iteration, epoch))
                .filter(rate -> rate > 0)
                .reduce(1, (first, second) -> second);
    }

    /** Fails where a rate is no number that can be told. */
    void requireRates() {
        byLayer.values().stream().flatMap(Set::stream).forEach(updater -> {
            if (updater.hasLearningRate() && !Double.isFinite(updater.getLearningRate(0, 0))) {
                throw new Misfit("its learning rate is " + updater.getLearningRate(0, 0), "Set it to a number");
            }
            RateSchedules.of(updater);
        });
    }

    /** The layers whose optimizer has a schedule of its own for the rate, with the schedule's class. */
    Map<String, String> schedules() {
        Map<String, String> schedules = new LinkedHashMap<>();
        byLayer.forEach((name, updaters) -> updaters.stream()
                .flatMap(updater -> RateSchedules.of(updater).stream())
                .findFirst()
                .ifPresent(schedule -> schedules.put(name, schedule)));
        return schedules;
    }

    /** Puts one optimizer and its weight decay in the place of all. */
    void replace(Optimizer optimizer) {
        LayerOptimizer one = new LayerOptimizer(optimizer.updater(), optimizer.weightDecay());
        layers.values().forEach(configuration -> one.replace(configuration.getLayer()));
    }

    /** {@code Adam, learning rate 0.001}, or one after the other where layers differ. */
    @Override
    public String toString() {
        Map<String, List<String>> layersByText = new LinkedHashMap<>();
        byLayer.forEach((name, updaters) -> updaters.forEach(updater -> layersByText
                .computeIfAbsent(text(updater), text -> new ArrayList<>())
                .add(name)));
        if (layersByText.isEmpty()) {
            return "none";
        }
        if (layersByText.size() == 1) {
            return layersByText.keySet().iterator().next();
        }
        return layersByText.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", new LinkedHashSet<>(entry.getValue())) + ")")
                .collect(Collectors.joining("; "));
    }

    private static String text(IUpdater updater) {
        String name = updater.getClass().getSimpleName();
        if (!updater.hasLearningRate()) {
            return name;
        }
        String rate = new BigDecimal(updater.getLearningRate(0, 0), new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
        return name + ", learning rate " + rate
                + RateSchedules.of(updater).map(of -> " by " + of).orElse("");
    }
}
