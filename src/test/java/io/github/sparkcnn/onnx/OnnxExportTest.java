package io.github.sparkcnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.Network;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationGELU;

/** The oracle is Deeplearning4j itself: ONNX Runtime must say the same of the exported model. */
class OnnxExportTest {
    private static final PixelScale SCALE = new PixelScale(0.286, 0.353);

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("fashion-cnn", Networks.fashionCnn()),
                Arguments.of("all-convolutional", Networks.allConvolutional()),
                Arguments.of("batch-norm-cnn", Networks.batchNormCnn()),
                Arguments.of("residual", Networks.residual()),
                Arguments.of("dense", Networks.around(dense(Activation.TANH))),
                Arguments.of("dropout", Networks.around(Networks.dropout())),
                Arguments.of("frozen", Networks.around(new FrozenLayer(Networks.padded(2)))),
                Arguments.of("average pool", Networks.around(Networks.pool(PoolingType.AVG))),
                Arguments.of("padded average pool", Networks.around(paddedPool(PoolingType.AVG))),
                Arguments.of("padded max pool", Networks.around(paddedPool(PoolingType.MAX))),
                Arguments.of("same", Networks.around(same())),
                Arguments.of("variance kept as variance", Networks.around(plainVariance())),
                Arguments.of("global max pool", Networks.around(new GlobalPoolingLayer(PoolingType.MAX))),
                Arguments.of("leaky relu", Networks.around(new ActivationLayer(Activation.LEAKYRELU))),
                Arguments.of("elu", Networks.around(new ActivationLayer(Activation.ELU))),
                Arguments.of("sigmoid", Networks.around(new ActivationLayer(Activation.SIGMOID))),
                Arguments.of("softplus", Networks.around(new ActivationLayer(Activation.SOFTPLUS))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void saysWhatTheNetworkSays(String name, Model network) {
        PackedImages images = Networks.images(7);
        float[] expected = Networks.probabilities(network, SCALE, images);

        for (OnnxInput input : OnnxInput.values()) {
            byte[] model = OnnxExport.encode(Network.of(network), Networks.description(SCALE), input);
            assertThat(OnnxCheck.requireAgreement(model, SCALE, images, expected))
                    .as("%s from %s", name, input)
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(OnnxInput.class)
    void describesItself(OnnxInput input) throws Exception {
        ModelProto model = ModelProto.parseFrom(
                OnnxExport.encode(Network.of(Networks.allConvolutional()), Networks.description(SCALE), input));

        assertThat(model.getIrVersion()).isEqualTo(8);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(15);
        assertThat(model.getGraph().getInput(0).getName()).isEqualTo(input.tensor());
        assertThat(model.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("N");
        assertThat(model.getGraph().getOutputList())
                .extracting(output -> output.getName())
                .containsExactly("logits", "probabilities");
        Map<String, String> metadata = model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        assertThat(metadata)
                .containsEntry("network", "test")
                .containsEntry("sparkcnn", "1.2.3")
                .containsEntry("normalization", "{\"mean\":0.286,\"deviation\":0.353}");
        assertThat(metadata.get("labels")).startsWith("[\"class 0\",\"class 1\",");
    }

    @Test
    void takesAnyBatchSize() {
        Model network = Networks.allConvolutional();
        byte[] model = OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS);

        for (int n : new int[] {1, 64, 5}) {
            PackedImages images = Networks.images(n);
            float[] expected = Networks.probabilities(network, SCALE, images);
            assertThat(OnnxCheck.requireAgreement(model, SCALE, images, expected))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void refusesAModelThatDisagrees() {
        Model network = Networks.allConvolutional();
        PackedImages images = Networks.images(3);
        float[] expected = Networks.probabilities(network, SCALE, images);
        expected[14] += 0.001f;
        byte[] model = OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS);

        assertThatThrownBy(() -> OnnxCheck.requireAgreement(model, SCALE, images, expected))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("class 4 of image 1");
    }

    @Test
    void refusesANetworkThatIsNotANumber() {
        Model network = Networks.allConvolutional();
        PackedImages images = Networks.images(1);
        float[] expected = Networks.probabilities(network, SCALE, images);
        expected[0] = Float.NaN;
        byte[] model = OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS);

        assertThatThrownBy(() -> OnnxCheck.requireAgreement(model, SCALE, images, expected))
                .hasMessageContaining("NaN");
    }

    @Test
    void namesTheLayerThatOnnxCannotHold() {
        Model network = Networks.around(new PReLULayer.Builder()
                .inputShape(3, 28, 28)
                .name("slopes")
                .build());

        assertThatThrownBy(() -> OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot export network test to ONNX: layer slopes has no translation: it is a"
                        + " PReLULayer. Keep the Deeplearning4j model, or add a translation in"
                        + " io.github.sparkcnn.onnx.layer.");
    }

    @Test
    void refusesAnActivationWithASettingOfItsOwn() {
        Model network = Networks.around(new ActivationLayer(new ActivationGELU(true)));

        assertThatThrownBy(() -> OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its activation is gelu(precise=true)");
    }

    private static DenseLayer dense(Activation activation) {
        return new DenseLayer.Builder().nOut(20).activation(activation).build();
    }

    private static SubsamplingLayer paddedPool(PoolingType type) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .build();
    }

    private static ConvolutionLayer same() {
        return new ConvolutionLayer.Builder(4, 4)
                .convolutionMode(ConvolutionMode.Same)
                .stride(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static BatchNormalization plainVariance() {
        return new BatchNormalization.Builder()
                .useLogStd(false)
                .eps(1)
                .lockGammaBeta(true)
                .gamma(0.7)
                .beta(0.2)
                .build();
    }
}
