package io.github.sparkcnn.network.definition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.Canary;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.NetworkDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j's JSON of a network, or a zip of it. */
public record FuzzedDefinition() implements OutsideReader {

    static {
        Kernels.wake();
    }

    @Override
    public String name() {
        return "network-definition";
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .name("output")
                .nIn(16)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Sixteen values and three classes, by Adam. */
    public static NetworkDefinition tiny() {
        MultiLayerConfiguration chain = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .list(output())
                .setInputType(InputType.convolutional(4, 4, 1))
                .build();
        return new NetworkDefinition(chain.toJson(), false);
    }

    /** Of a chain and of a graph, and those that name the canary where a class's name may be. */
    public List<byte[]> jsons() {
        ComputationGraphConfiguration graph = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(4, 4, 1))
                .addLayer("output", output(), "in")
                .setOutputs("output")
                .build();
        String chain = tiny().json();
        List<String> named = List.of(
                "org.deeplearning4j.nn.conf.layers.OutputLayer",
                "org.nd4j.linalg.activations.impl.ActivationSoftmax",
                "org.nd4j.linalg.learning.config.Adam",
                "org.nd4j.linalg.lossfunctions.impl.LossMCXENT");
        List<String> jsons = new ArrayList<>(List.of(chain, graph.toJson()));
        named.forEach(name -> jsons.add(chain.replace(name, Canary.NAME)));
        jsons.add(graph.toJson().replace("org.deeplearning4j.nn.conf.graph.LayerVertex", Canary.NAME));
        jsons.add(chain.replaceFirst("\"lossFn\" : \\{[^}]*}", "\"lossFn\" : null"));
        jsons.add(chain.replace("0.001", "1e999"));
        jsons.add("{\"a\":".repeat(50_000));
        jsons.add("{\"confs\":" + "[".repeat(50_000));
        return jsons.stream().map(json -> json.getBytes(UTF_8)).toList();
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        byte[] json = tiny().json().getBytes(UTF_8);
        return Stream.concat(
                        jsons().stream(),
                        Stream.of(
                                Compressed.stored(new Entry("configuration.json", json)),
                                new String(Compressed.stored(new Entry("aconfiguration.json", json)), ISO_8859_1)
                                        .replaceFirst("aconf", "\u00ffconf")
                                        .getBytes(ISO_8859_1),
                                Compressed.deflated(new Entry("configuration.json", new byte[8_000_000]))))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "null",
                "{",
                "}",
                "[",
                "]",
                "\"",
                ":",
                ",",
                "\"@class\" : \"" + Canary.NAME + "\"",
                "\"jaz.Zer\"",
                "NaN",
                "true",
                "\"confs\"",
                "\"vertices\"",
                "\"layer\"");
    }

    @Override
    public void read(byte[] input) throws IOException {
        OwnNetwork own = OwnNetwork.read("use network.definition own.json", new ByteArrayInputStream(input));
        own.optimizer();
        own.schedules();
    }

    @Override
    public int tries() {
        return 300;
    }
}
