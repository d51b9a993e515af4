package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.cuda.convolution.CudnnConvolutionHelper;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.convolution.ConvolutionHelper;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The CUDA helper's arithmetic on the CPU, whose libnd4j has the same operations, against DL4J's built-in im2col. What cuDNN
 * makes of them on a GPU was never run.
 */
class CudnnConvolutionHelperTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    /** The very call of DL4J's {@code HelperUtils.createHelper} on the CUDA backend. */
    @Test
    void isMadeTheWayDl4jMakesIt() {
        Object[] arguments = {DataType.FLOAT};

        ConvolutionHelper helper = DL4JClassLoading.createNewInstance(
                ConvolutionLayer.CUDA_CNN_HELPER_CLASS_NAME, ConvolutionHelper.class, new Object[] {arguments});

        assertThat(helper).isInstanceOf(CudnnConvolutionHelper.class);
        assertThat(helper.checkSupported()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 0, Truncate", "3, 2, 1, Truncate", "5, 1, 0, Same", "3, 2, 0, Same"})
    void hasTheOutputsAndGradientsOfTheBuiltInConvolution(int kernel, int stride, int padding, ConvolutionMode mode) {
        MultiLayerNetwork cudnn = network(kernel, stride, padding, mode);
        MultiLayerNetwork builtIn = cudnn.clone();
        setHelper(cudnn, new CudnnConvolutionHelper(DataType.FLOAT));
        setHelper(builtIn, null);
        INDArray images = Nd4j.rand(DataType.FLOAT, 8, 1, 28, 28);
        INDArray labels = Nd4j.eye(10).get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 8));

        assertThat(cudnn.output(images).distance2(builtIn.output(images))).isLessThan(1e-5);
        Map<String, INDArray> gradients = gradients(cudnn, images, labels);
        gradients(builtIn, images, labels)
                .forEach((name, expected) -> assertThat(gradients.get(name).distance2(expected))
                        .as(name)
                        .isLessThan(1e-4 * expected.norm2Number().doubleValue()));
        for (int layer = 0; layer < 2; layer++) {
            assertThat(LayerHelpers.failures(cudnn.getLayer(layer))).isZero();
        }
    }

    /** Two convolutions, so that the second's gradient by its input counts. */
    private static MultiLayerNetwork network(int kernel, int stride, int padding, ConvolutionMode mode) {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(0.1))
                .list()
                .layer(TestNetworks.convolution(kernel, stride, padding, 8)
                        .convolutionMode(mode)
                        .activation(Activation.RELU)
                        .build())
                .layer(TestNetworks.convolution(kernel, stride, padding, 4)
                        .convolutionMode(mode)
                        .activation(Activation.RELU)
                        .build())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static Map<String, INDArray> gradients(MultiLayerNetwork network, INDArray images, INDArray labels) {
        network.setInput(images);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.gradient().gradientForVariable();
    }

    private static void setHelper(MultiLayerNetwork network, ConvolutionHelper helper) {
        for (int layer = 0; layer < 2; layer++) {
            LayerHelpers.replace(network.getLayer(layer), helper);
        }
    }
}
