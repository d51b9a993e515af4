package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The words {@code --set device.KEY=VALUE} of commands that use a model and train none. */
final class DeviceOptions {

    private static final String GROUP = "device";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of device.*, what computes; may be repeated. Keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    /** The keys' values, those of reference.conf where nothing is set; refuses keys of other groups. */
    DeviceConfig read(Storage storage) {
        settings.forEach(DeviceOptions::requireOfDevice);
        return Experiment.read(null, settings, storage).device();
    }

    /** Refuses a {@code --set} of a key that another option of the command decides. */
    void refuseSetting(String command, String key, String option) {
        Experiment.refuseSetting(command, settings, key, option);
    }

    private static void requireOfDevice(String setting) {
        String key = setting.split("=", -1)[0].strip();
        if (setting.contains("=") && !key.equals(GROUP) && !key.startsWith(GROUP + ".")) {
            throw new UserException(
                    "use --set " + setting,
                    "this command takes keys of " + GROUP + ".* only",
                    "Write e.g. --set device.threads=2");
        }
    }
}
