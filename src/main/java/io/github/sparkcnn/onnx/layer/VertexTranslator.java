package io.github.sparkcnn.onnx.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;

/** Writes the vertices of a graph that are no layers. */
public final class VertexTranslator {

    private VertexTranslator() {}

    /**
     * Adds the vertex's node and returns the name of its output.
     *
     * @param inputs names of what it reads
     * @throws UntranslatableException where ONNX or this has nothing that computes the same
     */
    public static String write(OnnxGraph graph, String name, GraphVertex vertex, List<String> inputs) {
        if (vertex instanceof ElementWiseVertex elements) {
            String operator = switch (elements.getOp()) {
                case Add -> "Sum";
                case Average -> "Mean";
                case Max -> "Max";
                case Subtract -> "Sub";
                case Product -> "Mul";
            };
            UntranslatableException.require(
                    inputs.size() == 2 || !operator.equals("Mul"), "it is a product of " + inputs.size());
            return graph.node(operator, name + "/" + operator, inputs);
        }
        if (vertex instanceof MergeVertex merge) {
            return graph.node("Concat", name + "/Concat", inputs, Attributes.integer("axis", merge.getMergeAxis()));
        }
        if (vertex instanceof ScaleVertex scale) {
            return scalar(graph, name, "Mul", inputs.get(0), scale.getScaleFactor());
        }
        if (vertex instanceof ShiftVertex shift) {
            return scalar(graph, name, "Add", inputs.get(0), shift.getShiftFactor());
        }
        throw new UntranslatableException("it is a " + vertex.getClass().getSimpleName());
    }

    private static String scalar(OnnxGraph graph, String name, String operator, String input, double number) {
        String constant = graph.constant(name + "/number", new float[] {(float) number});
        return graph.node(operator, name + "/" + operator, List.of(input, constant));
    }
}
