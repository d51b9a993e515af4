package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import io.github.sparkcnn.numpy.NpyArray;
import io.github.sparkcnn.numpy.NpzFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network's parameters with PyTorch's names and layouts: convolutions {@code [out, in, height, width]}, dense layers
 * {@code [out, in]}, batch normalisation with running mean and variance. Running variances are taken as they are, though
 * PyTorch's are of the sample (divided by n − 1) and Deeplearning4j's of the minibatch (divided by n): what a network predicts
 * stays the same.
 */
public final class TorchWeights {

    /** PyTorch's counter of training steps, which nothing of ours needs. */
    private static final String COUNTER = ".num_batches_tracked";

    private static final Set<String> OTHERS =
            Set.of("Deconvolution2D", "DepthwiseConvolution2D", "PReLULayer", "SeparableConvolution2D");

    private TorchWeights() {}

    /**
     * The parameters in the order of PyTorch's {@code state_dict}, for {@link NpzFile#write}.
     *
     * @param modules from {@link TorchModules}, one for each layer with parameters
     */
    public static Map<String, NpyArray> of(Network network, List<String> modules) {
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        for (TorchParameter parameter : parameters(network, modules)) {
            weights.put(parameter.name(), NpyArray.of(parameter.values(), parameter.shape()));
            if (parameter.isRunningVariance()) {
                String counter = parameter.name().replace(".running_var", COUNTER);
                weights.put(counter, new NpyArray(NpyArray.Type.INT64, new int[0], new float[1]));
            }
        }
        return weights;
    }

    /**
     * Sets the parameters: by name where all names are PyTorch's, otherwise in the order of the file. Nothing is set unless all
     * shapes fit.
     *
     * @param source the file's path, for messages
     * @throws UserException when the file's arrays are not those of the network
     */
    public static void load(Network network, List<String> modules, Map<String, NpyArray> weights, String source) {
        List<TorchParameter> parameters = parameters(network, modules);
        Map<String, NpyArray> arrays = new LinkedHashMap<>(weights);
        arrays.keySet().removeIf(name -> name.endsWith(COUNTER));
        if (arrays.size() != parameters.size()) {
            throw refusal(source, "it has " + arrays.size() + " arrays, the network " + parameters.size(), parameters);
        }
        List<float[]> values = new ArrayList<>();
        Iterator<Map.Entry<String, NpyArray>> inOrder = arrays.entrySet().iterator();
        boolean byName = parameters.stream().allMatch(parameter -> arrays.containsKey(parameter.name()));
        for (TorchParameter parameter : parameters) {
            Map.Entry<String, NpyArray> next = inOrder.next();
            String name = byName ? parameter.name() : next.getKey();
            NpyArray array = byName ? arrays.get(name) : next.getValue();
            if (!Arrays.equals(array.shape(), parameter.shape())) {
                String shape = Arrays.toString(array.shape());
                throw refusal(
                        source, name + " has the shape " + shape + ", not that of " + text(parameter), parameters);
            }
            values.add(array.values());
        }
        for (int i = 0; i < values.size(); i++) {
            parameters.get(i).assign(values.get(i));
        }
    }

    private static List<TorchParameter> parameters(Network network, List<String> modules) {
        List<NetworkNode> layers = TorchModules.layersWithParameters(network).toList();
        if (layers.size() != modules.size()) {
            throw new IllegalArgumentException(modules.size() + " modules for " + layers.size() + " layers");
        }
        List<TorchParameter> parameters = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            requireKnown(layers.get(i));
            parameters.addAll(TorchParameter.of(modules.get(i), layers.get(i).parameters()));
        }
        return parameters;
    }

    /** Refuses a layer whose weights PyTorch lays out as nothing here does. */
    private static void requireKnown(NetworkNode node) {
        if (OTHERS.contains(node.kind())) {
            throw new UserException(
                    "exchange weights with PyTorch",
                    "layer " + node.name() + " is a " + node.kind() + ", whose weights PyTorch lays out otherwise",
                    "Export the network with --onnx instead");
        }
    }

    private static UserException refusal(String source, String reason, List<TorchParameter> parameters) {
        return new UserException(
                "load the weights in " + source,
                reason,
                "Give a file with "
                        + parameters.stream().map(TorchWeights::text).collect(Collectors.joining(", ")));
    }

    private static String text(TorchParameter parameter) {
        return parameter.name() + " " + Arrays.toString(parameter.shape());
    }
}
