package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The words {@code --set data.KEY=VALUE} of commands that read images and use no model. */
public final class DataOptions {

    private static final List<String> KEYS = List.of("data");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of data.* (how images are read). May be repeated. All keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    /** The keys' values, those of reference.conf where nothing is set; refuses other keys. */
    public Configuration read(Storage storage) {
        return read(settings, null, storage, List.of());
    }

    /**
     * An experiment with the keys' values.
     *
     * @param conf null: the defaults
     * @param further settings of any key, {@code KEY=VALUE}
     */
    static Configuration read(List<String> settings, String conf, Storage storage, List<String> further) {
        Experiment.refuseOthers(settings, KEYS, "keys of data.*", "data.columns.label=class");
        List<String> all = new ArrayList<>(settings);
        all.addAll(further);
        return Experiment.read(conf, all, storage);
    }
}
