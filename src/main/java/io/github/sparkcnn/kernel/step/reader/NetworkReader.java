package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.step.StepProgram;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** Reads a DL4J network as elementary steps, or says which layer cannot be read and why. */
public final class NetworkReader {
    private final Network network;
    private final Steps steps = new Steps();
    private final Map<String, Integer> values = new HashMap<>();

    private NetworkReader(Network network) {
        this.network = network;
    }

    /**
     * Reads a network.
     *
     * @throws UnsupportedNetwork naming the layer that is none of the steps, and what about it
     */
    public static StepProgram read(Network network) throws UnsupportedNetwork {
        if (network.parameters().dataType() != DataType.FLOAT) {
            throw new UnsupportedNetwork(
                    "parameters are " + network.parameters().dataType());
        }
        return new NetworkReader(network).read();
    }

    private StepProgram read() throws UnsupportedNetwork {
        requireOne("inputs", network.inputNames());
        requireOne("outputs", network.outputNames());
        values.put(network.inputName(), 0);
        Map<String, Map<String, Long>> offsets = network.offsets();
        Optional<Head> head = Optional.empty();
        for (NetworkNode node : network.nodes()) {
            if (head.isPresent()) {
                throw new UnsupportedNetwork("layer " + node.key() + " comes after the output layer");
            }
            List<Integer> from = node.inputs().stream().map(values::get).toList();
            if (node.isLayer()) {
                LayerSite site = new LayerSite(node, from.get(0), steps, offsets.get(node.key()));
                values.put(node.key(), LayerReaders.read(site));
                head = site.head();
            } else {
                values.put(node.key(), VertexReader.read(node, from, steps));
            }
        }
        return new StepProgram(steps.all(), head.orElseThrow(() -> new UnsupportedNetwork("no output layer")));
    }

    private static void requireOne(String what, List<String> names) throws UnsupportedNetwork {
        if (names.size() != 1) {
            throw new UnsupportedNetwork("there are " + names.size() + " " + what + ", " + String.join(" and ", names));
        }
    }
}
