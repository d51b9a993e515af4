package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.ActivationFunction;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.NetworkNode;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;

/** Reads the vertices of a graph that are no layers. */
final class VertexReader {
    private final NetworkNode node;
    private final List<Integer> from;
    private final Steps steps;

    private VertexReader(NetworkNode node, List<Integer> from, Steps steps) {
        this.node = node;
        this.from = from;
        this.steps = steps;
    }

    /** Adds the vertex's steps and returns the value that it makes. */
    static int read(NetworkNode node, List<Integer> from, Steps steps) throws UnsupportedNetwork {
        if (node.configuration() instanceof FrozenVertex && from.stream().anyMatch(steps::isTrained)) {
            throw new UnsupportedNetwork("vertex " + node.key() + " is frozen, and layers before it are not");
        }
        return new VertexReader(node, from, steps).read(node.thawed());
    }

    private int read(GraphVertex vertex) throws UnsupportedNetwork {
        if (vertex instanceof ElementWiseVertex elements) {
            return elements(elements);
        }
        if (vertex instanceof MergeVertex merge) {
            if (merge.getMergeAxis() != MergeVertex.DEFAULT_MERGE_DIM) {
                throw refusal("merges along dimension " + merge.getMergeAxis());
            }
            return from.size() == 1 ? from.get(0) : steps.add(to -> new Step.Concatenation(from, to));
        }
        if (vertex instanceof ScaleVertex scale) {
            return linear(from.get(0), scale.getScaleFactor(), 0);
        }
        if (vertex instanceof ShiftVertex shift) {
            return linear(from.get(0), 1, shift.getShiftFactor());
        }
        throw refusal("is a " + vertex.getClass().getSimpleName());
    }

    private int elements(ElementWiseVertex vertex) throws UnsupportedNetwork {
        return switch (vertex.getOp()) {
            case Add -> fold((left, right) -> steps.add(to -> new Step.Addition(left, right, to)));
            case Average ->
                linear(
                        fold((left, right) -> steps.add(to -> new Step.Addition(left, right, to))),
                        1.0 / from.size(),
                        0);
            case Product -> fold((left, right) -> steps.add(to -> new Step.Product(left, right, to)));
            case Subtract -> {
                int minus = linear(from.get(1), -1, 0);
                yield steps.add(to -> new Step.Addition(from.get(0), minus, to));
            }
            default -> throw refusal("combines by " + vertex.getOp());
        };
    }

    private int fold(IntBinaryOperator pair) {
        return from.stream().mapToInt(Integer::intValue).reduce(pair).orElseThrow();
    }

    private int linear(int input, double factor, double summand) {
        return steps.add(to -> new Step.Activation(input, to, ActivationFunction.linear(factor, summand)));
    }

    private UnsupportedNetwork refusal(String what) {
        return new UnsupportedNetwork("vertex " + node.key() + " " + what);
    }
}
