package io.github.sparkcnn.kernel.step.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.Network;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Every field of every layer that is read: known to the reader, left to the update, without meaning for a convolutional network, or
 * refused where it means something that the steps do not. A field that a later Deeplearning4j adds is none of them, and fails here.
 */
class LayerFieldsTest {

    /** What makes the steps; a value that they cannot follow is among {@link #refusals}. */
    private static final Set<String> READ = Set.of(
            "activationFn",
            "alpha",
            "avgPoolIncludePadInDivisor",
            "beta",
            "cnn2DFormat",
            "cnn2dDataFormat",
            "collapseDimensions",
            "convolutionMode",
            "cropping",
            "dataFormat",
            "decay",
            "depthMultiplier",
            "dilation",
            "eps",
            "format",
            "hasBias",
            "hasLayerNorm",
            "iDropout",
            "isMinibatch",
            "k",
            "kernelSize",
            "lockGammaBeta",
            "lossFn",
            "n",
            "nIn",
            "nOut",
            "padding",
            "poolingDimensions",
            "poolingType",
            "size",
            "stride",
            "useLogStd",
            "weightNoise");

    /** What happens to the gradient: DL4J's own updater does it where ours does not. UpdateParityTest trains with each. */
    private static final Set<String> OF_THE_UPDATE = Set.of(
            "biasUpdater",
            "constraints",
            "gradientNormalization",
            "gradientNormalizationThreshold",
            "iUpdater",
            "regularization",
            "regularizationBias");

    /** Names, first values of parameters, cuDNN's choices, norms of poolings that are refused, and formats of time series. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "biasInit",
            "cudnnAlgoMode",
            "cudnnAllowFallback",
            "cudnnBwdDataAlgo",
            "cudnnBwdFilterAlgo",
            "cudnnFwdAlgo",
            "defaultValueOverriden",
            "defaultValueOverridden",
            "gainInit",
            "gamma",
            "layerName",
            "pnorm",
            "timeDistributedFormat",
            "weightInitFn");

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void areAllKnown() {
        Set<String> known = new TreeSet<>(READ);
        known.addAll(OF_THE_UPDATE);
        known.addAll(WITHOUT_MEANING);
        Set<String> met = new TreeSet<>();
        for (Class<? extends Layer> layer : LayerReaders.known()) {
            fields(layer).forEach(field -> met.add(field.getName()));
        }

        assertThat(met).isEqualTo(known);
    }

    static Stream<Arguments> refusals() {
        ISchedule halves = new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.5));
        List<Arguments> all = new ArrayList<>();
        for (Layer layer : List.of(convolution(), depthwise(), separable(), deconvolution())) {
            all.add(refused(layer, "cnn2dDataFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
            all.add(refused(layer, "convolutionMode", ConvolutionMode.Causal, "has the convolution mode Causal"));
            all.add(refused(layer, "weightNoise", new DropConnect(0.5), "has weight noise"));
            all.add(refused(layer, "activationFn", new ActivationCube(), "activates by cube"));
        }
        for (Layer layer : List.of(convolution(), depthwise(), separable(), dense(), dropout(), upsampling())) {
            all.add(refused(layer, "iDropout", new Dropout(halves), "drops out by"));
        }
        all.add(refused(deconvolution(), "iDropout", new Dropout(0.5), "drops out by"));
        all.add(refused(dense(), "hasLayerNorm", true, "has layer normalisation"));
        all.add(refused(dense(), "weightNoise", new DropConnect(0.5), "has weight noise"));
        all.add(refused(activation(), "activationFn", new ActivationCube(), "activates by cube"));
        all.add(refused(activation(), "activationFn", new ActivationELU(0.5), "activates by elu(alpha=0.5)"));
        all.add(refused(activation(), "activationFn", new ActivationLReLU(-0.1), "of slope -0.1"));
        all.add(refused(
                activation(), "activationFn", new ActivationReLU(null, 0.5, null), "by a relu with threshold 0.5"));
        all.add(refused(normalization(), "cnn2DFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(normalization(), "useLogStd", false, "keeps the running variance"));
        all.add(refused(normalization(), "lockGammaBeta", true, "has a locked scale and shift"));
        all.add(refused(normalization(), "isMinibatch", false, "averages its statistics over whole data sets"));
        all.add(refused(pooling(), "cnn2dDataFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(pooling(), "poolingType", PoolingType.PNORM, "pools by PNORM"));
        all.add(refused(pooling(), "dilation", new int[] {2, 1}, "is a dilated pooling"));
        all.add(refused(pooling(), "convolutionMode", ConvolutionMode.Causal, "has the convolution mode Causal"));
        all.add(refused(new GlobalPoolingLayer(), "poolingType", PoolingType.PNORM, "pools by PNORM"));
        all.add(refused(new GlobalPoolingLayer(), "poolingDimensions", new int[] {1}, "pools over dimensions [1]"));
        all.add(refused(upsampling(), "format", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(new ZeroPaddingLayer(1, 1), "dataFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(new Cropping2D(1, 1), "dataFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(response(), "dataFormat", CNN2DFormat.NHWC, "has the data format NHWC"));
        all.add(refused(output(), "lossFn", new LossHinge(), "is not softmax with MCXENT but"));
        all.add(refused(output(), "activationFn", new ActivationTanH(), "is not softmax with MCXENT but tanh"));
        all.add(refused(output(), "lossFn", new LossBinaryXENT(), "is not softmax with MCXENT but softmax"));
        all.add(refused(output(), "weightNoise", new DropConnect(0.5), "has weight noise"));
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource("refusals")
    void areRefusedWhereTheyMeanSomethingElse(String kind, String field, Layer layer, Object value, String reason)
            throws ReflectiveOperationException {
        Network network = network(layer);
        Layer inNetwork = network.layers().get(1).conf().getLayer();
        field(inNetwork.getClass(), field).set(inNetwork, value);

        assertThatThrownBy(() -> NetworkReader.read(network))
                .isInstanceOf(UnsupportedNetwork.class)
                .hasMessageStartingWith("layer 1 ")
                .hasMessageContaining(reason);
    }

    @Test
    void aLayerThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> NetworkReader.read(
                        network(new PReLULayer.Builder().inputShape(4, 10, 10).build())))
                .isInstanceOf(UnsupportedNetwork.class)
                .hasMessage("layer 1 is a PReLULayer");
    }

    /** A subclass may compute anything. */
    @Test
    void aSubclassOfAKnownLayerIsNamed() {
        Network network = network(new WiderDropout());

        assertThatThrownBy(() -> NetworkReader.read(network)).hasMessage("layer 1 is a WiderDropout");
    }

    /** DL4J's frozen layer gives no gradient back: what stands before it would be trained here and not there. */
    @Test
    void aFrozenLayerBehindATrainedOneIsNamed() {
        Network network = network(new FrozenLayer(convolution()));

        assertThatThrownBy(() -> NetworkReader.read(network))
                .hasMessage("layer 1 is frozen, and layers before it are not");
    }

    private static Arguments refused(Layer layer, String field, Object value, String reason) {
        return Arguments.of(layer.getClass().getSimpleName(), field, layer, value, reason);
    }

    /** A convolution, the layer, and an output unless the layer is one. */
    private static Network network(Layer layer) {
        var list =
                TestNetworks.builder(new Sgd(0.1)).list().layer(convolution()).layer(layer.clone());
        if (!(layer instanceof OutputLayer)) {
            list.layer(output());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(12, 12, 1)).build());
        network.init();
        return Network.of(network);
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static Field field(Class<?> type, String name) {
        Field found = fields(type).stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow();
        found.setAccessible(true);
        return found;
    }

    private static Layer convolution() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer depthwise() {
        return new DepthwiseConvolution2D.Builder(3, 3)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer separable() {
        return new SeparableConvolution2D.Builder(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer deconvolution() {
        return new Deconvolution2D.Builder(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(6).activation(Activation.RELU).build();
    }

    private static Layer dropout() {
        return new DropoutLayer(0.5);
    }

    private static Layer activation() {
        return new ActivationLayer(new ActivationSigmoid());
    }

    private static Layer normalization() {
        return TestNetworks.normalization();
    }

    private static Layer pooling() {
        return new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).build();
    }

    private static Layer upsampling() {
        return new Upsampling2D.Builder(2).build();
    }

    private static Layer response() {
        return new LocalResponseNormalization.Builder().build();
    }

    private static Layer output() {
        return TestNetworks.output();
    }

    /** Not what it says. */
    public static final class WiderDropout extends DropoutLayer {
        private static final long serialVersionUID = 1L;

        public WiderDropout() {
            super(0.5);
        }
    }
}
