package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.DeviceOptions;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code show --model DIR} or {@code show --network NAME [--input CxHxW] [--classes N]}. */
@Command(
        name = "show",
        description = "Shows a network's layers, their shapes, parameters and arithmetic, and what computes them here.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Mixin
    private DeviceOptions device;

    private static final class Subject {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "DIR",
                description = "A run's folder or the model folder in it.")
        private String model;

        @Option(
                names = "--network",
                required = true,
                paramLabel = "NAME",
                description = "A network before it is trained, as network.name.")
        private String network;
    }

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            description = "With --network, the shape of the images: channels, height, width. Default: 1x28x28.")
    private String input;

    /** Their weights are made; numbers of them that no array can have end ND4J's natives, and the JVM with them. */
    private static final int MOST_CLASSES = 100_000;

    @Option(names = "--classes", paramLabel = "N", description = "With --network, the number of classes. Default: 10.")
    private Integer classes;

    @Override
    public Integer call() {
        Storage storage = new SparkApplication("sparkcnn show").storage();
        DeviceConfig asked = device.read(storage).device();
        requireFitting();
        RequiredBackend.wake(asked);
        if (subject.model != null) {
            ModelFolder.Saved saved = ModelFolder.load(storage, subject.model);
            ModelCard card = saved.card();
            show(card.network(), saved.network(), card.input(), card.labels().size(), asked);
        } else {
            ImageShape shape = input == null ? ImageShape.MNIST : ImageShape.parse(input);
            int outputs = classes == null ? 10 : classes;
            Network built = Architectures.build(subject.network, shape, outputs, new Sgd(0.1, 0, 0), 1);
            show(subject.network, built, shape, outputs, asked);
        }
        return 0;
    }

    private void requireFitting() {
        if (subject.model != null && (input != null || classes != null)) {
            throw new UserException(
                    "show model " + subject.model,
                    "it has its own input and classes, and " + (input != null ? "--input" : "--classes") + " is given",
                    "Leave that out, or name a network with --network");
        }
        if (classes != null && (classes < 2 || classes > MOST_CLASSES)) {
            throw new UserException(
                    "show network " + subject.network,
                    "--classes is " + classes,
                    "Ask for 2 to " + MOST_CLASSES + " classes");
        }
    }

    private static void show(String name, Network network, ImageShape shape, int classes, DeviceConfig device) {
        try (Replica replica = Engines.open(network, shape, KernelOptions.of(device, 1))) {
            System.out.println(name + ": images of " + shape + ", " + classes + " classes");
            ModelTable.lines(network, shape, replica.backend()).forEach(System.out::println);
        }
    }
}
