package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the layers that have parameters are called in PyTorch, in their order. */
public final class TorchModules {

    private static final Map<String, List<String>> BY_NETWORK = Map.of(
            "fashion-cnn", List.of("conv.0", "conv.3", "fc.0", "fc.2"),
            "all-convolutional", List.of("c1", "c2", "c3"),
            "batch-norm-cnn", List.of("layer1.0", "layer1.1", "layer2.0", "layer2.1", "fc"));

    private TorchModules() {}

    /** The modules of the tutorials' PyTorch networks; of any other network its layers' own names. */
    public static List<String> of(String networkName, Network network) {
        List<String> known = BY_NETWORK.get(networkName);
        return known != null
                ? known
                : layersWithParameters(network).map(NetworkNode::name).toList();
    }

    static Stream<NetworkNode> layersWithParameters(Network network) {
        return network.layerNodes().stream().filter(layer -> !layer.parameters().isEmpty());
    }
}
