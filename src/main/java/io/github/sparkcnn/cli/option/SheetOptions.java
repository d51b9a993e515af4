package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What {@code data show} draws: images as an experiment has them, {@code [--conf CONF] [--augmentation LIST]}, or the mistakes of a model,
 * {@code --model DIR [--explain]}; {@code --set KEY=VALUE} for both.
 */
public final class SheetOptions {

    @Option(
            names = "--conf",
            paramLabel = "CONF",
            description =
                    "The experiment, a HOCON file, whose data.labels, data.resize, training.augmentation and training.seed"
                            + " hold. Default: those of conf/reference.conf.")
    private String conf;

    @Option(
            names = "--augmentation",
            paramLabel = "LIST",
            description =
                    "Draws each image also as training.augmentation = LIST makes it, e.g. '[{name=flip}]'. Default: as --conf"
                            + " says.")
    private String augmentation;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A run's folder or the model folder in it: draws the images that it takes for another class, the most"
                            + " confident mistakes first. Default: the first images are drawn.")
    private String model;

    @Option(
            names = "--explain",
            description =
                    "With --model, draws below each image which parts speak for the class that it was taken for (orange) and"
                            + " against it (blue).")
    private boolean explained;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key of data.* (how images are read); with --model one of device.* (what computes), or of"
                            + " data.columns, data.shape or data.malformed. May be repeated. All keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    /** The model's folder, where its mistakes are to be drawn. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** Whether it is to be drawn what speaks for a class. */
    public boolean explained() {
        return explained;
    }

    /** The keys' values. Refuses what contradicts a model, which has its own classes and sizes, and what needs one. */
    public Configuration read(Storage storage) {
        if (model != null) {
            requireNothingBeside();
            return DeviceOptions.read(settings, storage);
        }
        if (explained) {
            throw new UserException("draw what speaks for a class", "--explain needs a model", "Name one with --model");
        }
        return DataOptions.read(
                settings,
                conf,
                storage,
                augmentation == null ? List.of() : List.of("training.augmentation=" + augmentation));
    }

    private void requireNothingBeside() {
        if (conf != null || augmentation != null) {
            throw new UserException(
                    "draw the mistakes of model " + model,
                    "it has its own classes and sizes, and " + (conf != null ? "--conf" : "--augmentation")
                            + " is given",
                    "Leave that out, or leave out --model");
        }
    }
}
