package io.github.sparkcnn.onnx.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** Layers that only put pixels elsewhere; sides are rows above and below, then columns left and right. */
final class RearrangementTranslation {

    private RearrangementTranslation() {}

    static String padding(LayerNode node, ZeroPaddingLayer layer) {
        requireChannelsFirst(layer.getDataFormat());
        int[] sides = layer.getPadding();
        String pads = node.graph()
                .constant(node.part("pads"), new long[] {0, 0, sides[0], sides[2], 0, 0, sides[1], sides[3]});
        return node.graph().node("Pad", node.part("Pad"), List.of(node.input(), pads));
    }

    static String cropping(LayerNode node, Cropping2D layer) {
        requireChannelsFirst(layer.getDataFormat());
        int[] sides = layer.getCropping();
        return node.graph()
                .node(
                        "Slice",
                        node.part("Slice"),
                        List.of(
                                node.input(),
                                node.graph().constant(node.part("starts"), new long[] {sides[0], sides[2]}),
                                node.graph().constant(node.part("ends"), new long[] {end(sides[1]), end(sides[3])}),
                                node.graph().constant(node.part("axes"), new long[] {2, 3})));
    }

    /** Counted from the end, which itself has no number. */
    private static long end(int cropped) {
        return cropped == 0 ? Long.MAX_VALUE : -cropped;
    }

    static String upsampling(LayerNode node, Upsampling2D layer) {
        requireChannelsFirst(layer.getFormat());
        int[] times = layer.getSize();
        String scales = node.graph().constant(node.part("scales"), new float[] {1, 1, times[0], times[1]}, 4);
        return node.graph()
                .node(
                        "Resize",
                        node.part("Resize"),
                        List.of(node.input(), "", scales),
                        Attributes.text("mode", "nearest"),
                        Attributes.text("coordinate_transformation_mode", "asymmetric"),
                        Attributes.text("nearest_mode", "floor"));
    }

    private static void requireChannelsFirst(CNN2DFormat format) {
        UntranslatableException.require(format == CNN2DFormat.NCHW, "its data format is NHWC");
    }
}
