package org.deeplearning4j.cuda.convolution;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The class that DL4J's convolution layer looks for on the CUDA backend; the last release that had it was M1.1. It runs
 * libnd4j's {@code conv2d} and {@code conv2d_bp}, as the oneDNN helper does, which the CUDA build hands to cuDNN; without it
 * DL4J falls back to im2col. Never run on a GPU by this project; its arithmetic is tested on the CPU's libnd4j.
 *
 * <p>Pooling needs no such class: without a helper DL4J runs libnd4j's {@code maxpool2d} and {@code avgpool2d} itself. Batch
 * normalisation has none either and stays DL4J's own arithmetic on CUDA, not cuDNN's.
 */
public final class CudnnConvolutionHelper extends MKLDNNConvHelper {

    public CudnnConvolutionHelper(Object... arguments) {
        super((DataType) arguments[arguments.length - 1]);
    }

    /** The parent asks for oneDNN; on CUDA libnd4j itself decides whether cuDNN runs the operation. */
    @Override
    public boolean checkSupported() {
        return true;
    }
}
