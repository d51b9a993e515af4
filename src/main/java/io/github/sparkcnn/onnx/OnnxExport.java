package io.github.sparkcnn.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import io.github.sparkcnn.onnx.layer.Attributes;
import io.github.sparkcnn.onnx.layer.HeadTranslation;
import io.github.sparkcnn.onnx.layer.LayerNode;
import io.github.sparkcnn.onnx.layer.LayerTranslator;
import io.github.sparkcnn.onnx.layer.OnnxGraph;
import io.github.sparkcnn.onnx.layer.UntranslatableException;
import io.github.sparkcnn.onnx.layer.VertexTranslator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * Writes a network as an ONNX model (IR 8, opset 15): input {@code [N, channels, height, width]}, outputs {@code logits} and
 * {@code probabilities} {@code [N, classes]}, N free, in evaluation mode.
 */
public final class OnnxExport {
    private static final int IR_VERSION = 8;
    /** The first in which batch normalisation says that it is not training; the reference evaluator guesses wrong before. */
    private static final int OPSET = 15;

    private final OnnxGraph graph;
    private final OnnxDescription description;
    /** The output tensor of every node written so far, by its key. */
    private final Map<String, String> outputs = new HashMap<>();

    private OnnxExport(OnnxDescription description) {
        this.graph = new OnnxGraph(description.network());
        this.description = description;
    }

    /**
     * The bytes of an ONNX file.
     *
     * @param network with one input, that ends in softmax
     * @throws UserException naming the layer that ONNX cannot hold
     */
    public static byte[] encode(Network network, OnnxDescription description, OnnxInput input) {
        OnnxExport export = new OnnxExport(description);
        int inputs = network.inputNames().size();
        UntranslatableException.require(inputs == 1, "it has " + inputs + " inputs");
        export.writeInput(network.inputName(), input);
        network.nodes().forEach(export::write);
        export.writeOutputs();
        return export.model().toByteArray();
    }

    private void writeInput(String key, OnnxInput input) {
        ImageShape shape = description.input();
        graph.input(input.tensor(), input.documentation(), shape.channels(), shape.height(), shape.width());
        outputs.put(key, input == OnnxInput.PIXELS ? normalize(input.tensor()) : input.tensor());
    }

    private String normalize(String pixels) {
        PixelScale scale = description.scale();
        String mean = perChannel("normalization/mean", scale.mean());
        String deviation = perChannel("normalization/deviation", scale.deviation());
        String centred = graph.node("Sub", "normalization/Sub", List.of(pixels, mean));
        return graph.node("Div", "normalization/Div", List.of(centred, deviation));
    }

    /** A scalar where all channels are alike, else {@code [channels, 1, 1]}, which fits {@code [N, channels, height, width]}. */
    private String perChannel(String name, List<Double> values) {
        float[] levels = new float[values.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) (255 * values.get(i));
        }
        return values.size() == 1 ? graph.constant(name, levels) : graph.constant(name, levels, levels.length, 1, 1);
    }

    private void write(NetworkNode node) {
        try {
            outputs.put(node.key(), translate(node));
        } catch (UntranslatableException e) {
            throw new UserException(
                    "export network " + description.network() + " to ONNX",
                    "layer " + node.name() + " has no translation: " + e.getMessage(),
                    "Keep the Deeplearning4j model, or add a translation in io.github.sparkcnn.onnx.layer");
        }
    }

    private String translate(NetworkNode node) {
        List<String> inputs = node.inputs().stream().map(outputs::get).toList();
        GraphVertex vertex = node.thawed();
        if (vertex instanceof LayerVertex layer) {
            LayerNode translated = new LayerNode(graph, node.name(), inputs.get(0), node.parameters());
            return LayerTranslator.write(
                    preProcess(translated, layer.getPreProcessor()),
                    layer.getLayerConf().getLayer());
        }
        return VertexTranslator.write(graph, node.name(), vertex, inputs);
    }

    private static LayerNode preProcess(LayerNode node, InputPreProcessor preProcessor) {
        if (preProcessor == null) {
            return node;
        }
        UntranslatableException.require(
                preProcessor instanceof CnnToFeedForwardPreProcessor,
                "its input goes through " + preProcessor.getClass().getSimpleName());
        return node.after(node.graph()
                .node("Flatten", node.part("Flatten"), List.of(node.input()), Attributes.integer("axis", 1)));
    }

    private void writeOutputs() {
        int classes = description.labels().size();
        graph.output(HeadTranslation.LOGITS, "Scores before the softmax", classes);
        graph.output(HeadTranslation.PROBABILITIES, "Probability of each class, in the order of labels", classes);
    }

    private ModelProto model() {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setProducerName("sparkcnn")
                .setProducerVersion(description.version())
                .setGraph(graph.build());
        metadata()
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("network", description.network());
        metadata.put("labels", json(description.labels()));
        metadata.put("normalization", json(description.scale()));
        metadata.put("sparkcnn", description.version());
        return metadata;
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of names and a record of numbers are JSON", e);
        }
    }
}
