package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkDefinition;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that a user has defined with Deeplearning4j: a classifier of images with one input and one output. Its initialisation,
 * optimizers, regularisation and dropout are its own.
 */
public final class OwnNetwork {

    private final String action;
    private final NetworkDefinition definition;

    private OwnNetwork(String action, NetworkDefinition definition) {
        this.action = action;
        this.definition = definition;
    }

    /**
     * Reads the JSON of a MultiLayerConfiguration or ComputationGraphConfiguration, or the one in a model.zip.
     *
     * @param action what fails with a wrong file: {@code use network.definition my-net.json}
     * @throws UserException for a file that is none of them, and for a network that is no classifier of images
     */
    public static OwnNetwork read(String action, InputStream file) throws IOException {
        try {
            return checked(action, DefinitionFile.read(file));
        } catch (Misfit e) {
            throw e.in(action);
        }
    }

    /** The definition of a network that has been loaded. */
    public static OwnNetwork of(String action, Network network) {
        return checked(action, network.definition());
    }

    private static OwnNetwork checked(String action, NetworkDefinition definition) {
        OwnNetwork network = new OwnNetwork(action, definition);
        network.refusing(() -> {
            try {
                return network.soundLayers();
            } catch (Misfit e) {
                throw e;
            } catch (RuntimeException e) { // JSON that Deeplearning4j has read need not say all that a network has
                throw Misfit.of("its JSON lacks or misstates a part", e, "Write it again with toJson()");
            }
        });
        return network;
    }

    private OwnLayers soundLayers() {
        OwnLayers layers = OwnLayers.of(definition);
        requireOne(layers.inputs(), "inputs", "images are one");
        requireOne(layers.outputs(), "outputs", "the class is one");
        layers.byName().forEach(OwnNetwork::requireTrainable);
        layers.first()
                .forEach(name ->
                        ImageInput.require(name, layers.byName().get(name).getLayer()));
        if (layers.backpropagation() == BackpropType.TruncatedBPTT) {
            throw new Misfit("it goes back through time", "Set backpropType to Standard");
        }
        head(layers).requireClassifier();
        optimizers(layers).requireRates();
        return layers;
    }

    private static void requireOne(List<String> names, String what, String but) {
        if (names.size() != 1) {
            throw new Misfit(
                    "it has " + names.size() + " " + what + ", " + String.join(" and ", names) + ", and " + but,
                    "Define a network with one input and one output");
        }
    }

    private static void requireTrainable(String name, NeuralNetConfiguration layer) {
        if (layer.getDataType() != DataType.FLOAT) {
            throw new Misfit("layer " + name + " computes in " + layer.getDataType(), "Set its dataType to FLOAT");
        }
        OptimizationAlgorithm algorithm = layer.getOptimizationAlgo();
        if (algorithm != null && algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw new Misfit(
                    "layer " + name + " is optimized by " + algorithm,
                    "Set optimizationAlgo to STOCHASTIC_GRADIENT_DESCENT");
        }
        if (!layer.isMinimize()) {
            throw new Misfit("layer " + name + " maximizes its loss", "Set minimize to true");
        }
    }

    private Head head(OwnLayers layers) {
        String name = layers.outputs().get(0);
        NeuralNetConfiguration output = layers.byName().get(name);
        return new Head(name, output == null ? null : output.getLayer());
    }

    /** Whether its layers follow each other. */
    public boolean isSequential() {
        return !definition.graph();
    }

    /** Refuses another number of outputs, where the definition alone tells it, before there are images. */
    public void requireClasses(int classes) {
        refusing(() -> {
            head(OwnLayers.of(definition)).requireClasses(classes);
            return classes;
        });
    }

    /** Refuses class weights where the loss takes none. */
    public void requireClassWeights() {
        Head head = head(OwnLayers.of(definition));
        if (!head.takesClassWeights()) {
            throw new UserException(
                    action,
                    "training.class-weights is set, and the loss of its output, layer " + head.name() + ", takes none",
                    "Set it to null, or the loss to MCXENT");
        }
    }

    /** The optimizers that it brings, for a line of output: {@code Adam, learning rate 0.001}. */
    public String optimizer() {
        return optimizers(OwnLayers.of(definition)).toString();
    }

    /** The rate that its optimizers would have at a step, by schedules of their own: that of the last layer with a rate. */
    public double rate(int iteration, int epoch) {
        return optimizers(OwnLayers.of(definition)).rate(iteration, epoch);
    }

    /** The layers whose optimizer brings a schedule for its rate, with the schedule's class. */
    public Map<String, String> schedules() {
        return optimizers(OwnLayers.of(definition)).schedules();
    }

    private static OwnOptimizer optimizers(OwnLayers layers) {
        return new OwnOptimizer(layers.byName());
    }

    /** The same with one optimizer, and its weight decay, in the place of its own and of its L1 and L2. */
    public OwnNetwork with(Optimizer optimizer) {
        OwnLayers layers = OwnLayers.of(definition);
        optimizers(layers).replace(optimizer);
        return new OwnNetwork(action, layers.definition(0));
    }

    /**
     * Sets what the definition leaves open for these images.
     *
     * @param classes that there are; empty where they need not be as many as the outputs
     * @param seed of the initial parameters
     * @throws UserException naming the layer that does not take what it gets, or that has other outputs than there are classes
     */
    public NetworkDefinition fit(ImageShape images, OptionalInt classes, long seed) {
        images.requireInput(action);
        return refusing(() -> {
            OwnLayers layers = OwnLayers.of(definition);
            Head head = head(layers);
            classes.ifPresent(head::requireClasses);
            InputType type = layers.fit(InputType.convolutional(images.height(), images.width(), images.channels()));
            long outputs = type instanceof InputType.InputTypeFeedForward row ? row.getSize() : 0;
            if (outputs == 0) {
                throw head.notARow(type);
            }
            if (outputs != classes.orElse((int) outputs)) {
                throw head.wrongNumber(outputs, classes.getAsInt());
            }
            NetworkDefinition fitted = layers.definition(seed);
            Network unbuilt = fitted.unbuilt();
            unbuilt.excess(images).ifPresent(excess -> {
                throw new Misfit(excess, "Give it smaller images, or scale them with data.resize");
            });
            try {
                return tried(fitted, images);
            } catch (OutOfMemoryError e) { // the JVM's, or that of ND4J's natives
                throw new Misfit(
                        unbuilt.withoutMemory(),
                        "Give it smaller images, scale them with data.resize, or raise spark.driver.memory");
            }
        });
    }

    /** Runs one black image through it: Deeplearning4j finds some mistakes only then. */
    private static NetworkDefinition tried(NetworkDefinition definition, ImageShape images) {
        try (INDArray black = Nd4j.zeros(DataType.FLOAT, 1, images.channels(), images.height(), images.width());
                INDArray output = definition.build().output(black)) {
            if (output.rank() != 2) {
                throw new Misfit("it makes " + output.shapeInfoToString() + " of an image", "Correct the definition");
            }
            return definition;
        } catch (Misfit e) {
            throw e;
        } catch (RuntimeException e) {
            throw Misfit.of("it does not run on images of " + images, e, "Correct the definition");
        }
    }

    private <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (Misfit e) {
            throw e.in(action);
        }
    }
}
