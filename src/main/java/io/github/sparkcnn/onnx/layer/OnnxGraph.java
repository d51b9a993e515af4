package io.github.sparkcnn.onnx.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** A graph of float tensors in the making; tensors are referred to by their names. */
public final class OnnxGraph {
    /** The batch: the one size that a consumer chooses. */
    static final String BATCH = "N";

    private final GraphProto.Builder graph;

    public OnnxGraph(String name) {
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /** Adds a node with one output, which gets the node's name. */
    public String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes)));
        return name;
    }

    /** Adds a constant with the array's values in c order, whatever its own order is. */
    public String constant(String name, INDArray values, long... shape) {
        return constant(name, values.dup('c').data().asFloat(), shape);
    }

    /** Adds a constant; without a shape it is a scalar. */
    public String constant(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(raw.array()));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds a constant of whole numbers, as operators take their settings. */
    public String constant(String name, long[] values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds an input of a batch of images. */
    public void input(String name, String documentation, long... imageShape) {
        graph.addInput(batchOf(name, imageShape).setDocString(documentation));
    }

    /** Adds an output of a batch. */
    public void output(String name, String documentation, long... shape) {
        graph.addOutput(batchOf(name, shape).setDocString(documentation));
    }

    /** The graph as it is now. */
    public GraphProto build() {
        return graph.build();
    }

    private static ValueInfoProto.Builder batchOf(String name, long... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (long size : shape) {
            sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(sizes)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type));
    }
}
