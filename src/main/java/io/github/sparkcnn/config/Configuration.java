package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.keys.Keys;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that a run may be told, after precedence and validation.
 *
 * @param effective every key with the value in force, as it is printed and saved
 */
public record Configuration(
        DataConfig data,
        NetworkConfig network,
        TrainingConfig training,
        DeviceConfig device,
        TrackingConfig tracking,
        Map<String, Object> effective) {

    public Configuration {
        if (data.labels().isPresent()
                && !weighsEveryClass(training, data.labels().get())) {
            throw new IllegalArgumentException(training.classWeights().size() + " class weights, "
                    + data.labels().get().size() + " classes");
        }
    }

    static Configuration of(Config resolved) {
        Keys keys = Keys.ofConfiguration(resolved, ConfigurationReader.reference());
        DataConfig data = DataConfig.of(keys.under("data"));
        TrainingConfig training = TrainingConfig.of(keys.under("training"));
        data.labels().ifPresent(classes -> requireWeights(keys.under("training"), training, classes));
        DeviceConfig device = DeviceConfig.of(keys.under("device"));
        requireAveraging(training, device);
        return new Configuration(
                data,
                NetworkConfig.of(keys.under("network")),
                training,
                device,
                TrackingConfig.of(keys.under("tracking")),
                resolved.root().unwrapped());
    }

    private static void requireAveraging(TrainingConfig training, DeviceConfig device) {
        if (device.averaging() == Averaging.NCCL && training.strategy() != Strategy.ALL_REDUCE) {
            throw new UserException(
                    "use the configuration",
                    "device.averaging is nccl, and training.strategy is "
                            + training.strategy().word() + ", which does not average by it",
                    "Set training.strategy = all-reduce, or device.averaging = ring");
        }
    }

    /**
     * Refuses weights that are not one for every class, once these are known.
     *
     * @throws io.github.sparkcnn.UserException saying how many there have to be
     */
    public void requireWeights(Classes classes) {
        requireWeights(Keys.of("training", Map.of()), training, classes);
    }

    private static void requireWeights(Keys keys, TrainingConfig training, Classes classes) {
        keys.require(
                weighsEveryClass(training, classes),
                "class-weights",
                training.classWeights(),
                classes.size() + " numbers, one for each of data.labels");
    }

    private static boolean weighsEveryClass(TrainingConfig training, Classes classes) {
        return training.classWeights().isEmpty() || training.classWeights().size() == classes.size();
    }

    /**
     * The same, where another optimizer than that of the keys holds: in what is printed and saved it stands in their place.
     *
     * @param description of it
     */
    public Configuration withOptimizer(String description) {
        Config told = effectively().withValue("training.optimizer", ConfigValueFactory.fromAnyRef(description));
        return new Configuration(
                data, network, training, device, tracking, told.root().unwrapped());
    }

    /** The keys as they are: those of {@code data.labels} may have dots. */
    private Config effectively() {
        return ConfigValueFactory.fromMap(effective).toConfig();
    }

    /** Every key that has a value, with dots between the groups, in the order of the names. */
    public Map<String, Object> flat() {
        Map<String, Object> flat = new TreeMap<>();
        effectively()
                .entrySet()
                .forEach(entry -> flat.put(entry.getKey(), entry.getValue().unwrapped()));
        return flat;
    }

    /** Every key that differs from the defaults, with its value, in the order of the names. */
    public Map<String, Object> overrides() {
        Config defaults = ConfigurationReader.reference();
        Map<String, Object> overrides = new TreeMap<>();
        effectively().entrySet().stream()
                .filter(entry -> !defaults.hasPath(entry.getKey())
                        || !defaults.getValue(entry.getKey()).equals(entry.getValue()))
                .forEach(entry -> overrides.put(entry.getKey(), entry.getValue().unwrapped()));
        return overrides;
    }

    /** {@code key=value} of every key that differs from the defaults, for one line of output. */
    public String renderOverrides() {
        return overrides().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
