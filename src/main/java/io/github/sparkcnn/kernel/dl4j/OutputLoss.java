package io.github.sparkcnn.kernel.dl4j;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The loss of a DL4J network, with a minibatch's class weights for as long as a step takes: what is saved knows none. DL4J's
 * label mask would not do, since an output layer multiplies its logits by it.
 */
final class OutputLoss {

    private final Layer output;
    private final ILossFunction own;
    private final ClassWeights weights;

    OutputLoss(Network network, ClassWeights weights) {
        String name = network.outputNames().get(0);
        this.output = network.nodes().stream()
                .filter(node -> node.key().equals(name))
                .findFirst()
                .map(node -> node.layer().conf().getLayer())
                .orElseThrow();
        this.own = weights.areEqual() ? null : function();
        if (!weights.areEqual() && !(own instanceof LossMCXENT)) {
            throw new UserException(
                    "weigh the classes",
                    "the network's loss is " + own,
                    "Leave training.class-weights out, or end the network in softmax with MCXENT");
        }
        this.weights = weights;
    }

    private ILossFunction function() {
        return output instanceof LossLayer layer ? layer.getLossFn() : ((BaseOutputLayer) output).getLossFn();
    }

    void weigh(Minibatch batch) {
        if (!weights.areEqual()) {
            LossMCXENT plain = (LossMCXENT) own;
            INDArray ofClasses = Nd4j.createFromArray(weights.in(batch.labels(), batch.size()));
            set(new LossMCXENT(
                    plain.getSoftmaxClipEps(),
                    plain.getWeights() == null ? ofClasses : ofClasses.mul(plain.getWeights())));
        }
    }

    void restore() {
        if (!weights.areEqual()) {
            set(own);
        }
    }

    private void set(ILossFunction function) {
        if (output instanceof LossLayer layer) {
            layer.setLossFn(function);
        } else {
            ((BaseOutputLayer) output).setLossFn(function);
        }
    }
}
