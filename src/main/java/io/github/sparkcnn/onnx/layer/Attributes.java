package io.github.sparkcnn.onnx.layer;

import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;

/** The attributes of ONNX nodes. */
public final class Attributes {

    private Attributes() {}

    public static AttributeProto integer(String name, long value) {
        return named(name, AttributeType.INT).setI(value).build();
    }

    public static AttributeProto real(String name, double value) {
        return named(name, AttributeType.FLOAT).setF((float) value).build();
    }

    public static AttributeProto text(String name, String value) {
        return named(name, AttributeType.STRING)
                .setS(org.nd4j.shade.protobuf.ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto integers(String name, LongStream values) {
        return named(name, AttributeType.INTS)
                .addAllInts(values.boxed().toList())
                .build();
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
