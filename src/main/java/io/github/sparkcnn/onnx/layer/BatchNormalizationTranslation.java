package io.github.sparkcnn.onnx.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

final class BatchNormalizationTranslation implements Translation<BatchNormalization> {

    @Override
    public String write(LayerNode node, BatchNormalization layer) {
        UntranslatableException.require(layer.getCnn2DFormat() == CNN2DFormat.NCHW, "its data format is NHWC");
        INDArray mean = node.parameter(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        long features = mean.length();
        String name = node.part("BatchNormalization");
        return node.graph()
                .node(
                        "BatchNormalization",
                        name,
                        List.of(
                                node.input(),
                                node.graph().constant(node.part("gamma"), gamma(node, layer, features), features),
                                node.graph().constant(node.part("beta"), beta(node, layer, features), features),
                                node.graph().constant(node.part("mean"), mean, features),
                                node.graph().constant(node.part("variance"), variance(node, layer), features)),
                        Attributes.real("epsilon", layer.getEps()));
    }

    private static INDArray gamma(LayerNode node, BatchNormalization layer, long features) {
        return layer.isLockGammaBeta()
                ? Nd4j.valueArrayOf(features, layer.getGamma())
                : node.parameter(BatchNormalizationParamInitializer.GAMMA);
    }

    private static INDArray beta(LayerNode node, BatchNormalization layer, long features) {
        return layer.isLockGammaBeta()
                ? Nd4j.valueArrayOf(features, layer.getBeta())
                : node.parameter(BatchNormalizationParamInitializer.BETA);
    }

    /** Deeplearning4j keeps log10 of the deviation, so that averages over workers stay positive: variance = 10^(2·log). */
    private static INDArray variance(LayerNode node, BatchNormalization layer) {
        if (!layer.isUseLogStd()) {
            return node.parameter(BatchNormalizationParamInitializer.GLOBAL_VAR);
        }
        INDArray log = node.parameter(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
        return Transforms.exp(log.mul(2 * Math.log(10)), false);
    }
}
