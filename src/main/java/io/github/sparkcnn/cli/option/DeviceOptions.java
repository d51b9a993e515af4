package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The words {@code --set KEY=VALUE} of commands that use a model and train none: what computes, and how images are read. */
public final class DeviceOptions {

    private static final List<String> KEYS = List.of("device", "data.columns", "data.shape", "data.malformed");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key of device.* (what computes), or of data.columns, data.shape or data.malformed (how images are"
                            + " read). May be repeated. All keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    /** The keys' values, those of reference.conf where nothing is set; refuses other keys. */
    public Configuration read(Storage storage) {
        return read(settings, storage);
    }

    static Configuration read(List<String> settings, Storage storage) {
        Experiment.refuseOthers(
                settings, KEYS, "keys of device.*, data.columns, data.shape and data.malformed", "device.threads=2");
        return Experiment.read(null, settings, storage);
    }

    /** Refuses a {@code --set} of a key that another option of the command decides. */
    public void refuseSetting(String command, String key, String option) {
        Experiment.refuseSetting(command, settings, key, option);
    }
}
