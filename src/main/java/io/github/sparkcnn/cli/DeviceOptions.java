package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The words {@code --set KEY=VALUE} of commands that use a model and train none: what computes, and how images are read. */
final class DeviceOptions {

    private static final List<String> KEYS = List.of("device", "data.columns", "data.shape", "data.malformed");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key of device.*, what computes, or data.columns, data.shape or data.malformed, how images"
                            + " are read; may be repeated. Keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    /** The keys' values, those of reference.conf where nothing is set; refuses other keys. */
    DeviceConfig read(Storage storage) {
        return configuration(storage).device();
    }

    /** How images are read. */
    DataConfig data(Storage storage) {
        return configuration(storage).data();
    }

    private Configuration configuration(Storage storage) {
        settings.forEach(DeviceOptions::requireKnown);
        return Experiment.read(null, settings, storage);
    }

    /** Refuses a {@code --set} of a key that another option of the command decides. */
    void refuseSetting(String command, String key, String option) {
        Experiment.refuseSetting(command, settings, key, option);
    }

    private static void requireKnown(String setting) {
        String key = setting.split("=", -1)[0].strip();
        if (setting.contains("=")
                && KEYS.stream().noneMatch(known -> key.equals(known) || key.startsWith(known + "."))) {
            throw new UserException(
                    "use --set " + setting,
                    "this command takes keys of device.*, data.columns, data.shape and data.malformed only",
                    "Write e.g. --set device.threads=2");
        }
    }
}
