package io.github.sparkcnn.network.definition;

import java.util.Set;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** The output layer of a classifier: one number in [0, 1] for each class, and a loss that takes one for each class too. */
record Head(String name, Layer layer) {

    private static final Set<Class<? extends Layer>> LAYERS =
            Set.of(OutputLayer.class, LossLayer.class, CenterLossOutputLayer.class);

    private static final Set<Class<? extends ILossFunction>> LOSSES = Set.of(
            LossMCXENT.class,
            LossNegativeLogLikelihood.class,
            LossBinaryXENT.class,
            LossMSE.class,
            LossL2.class,
            LossMAE.class,
            LossL1.class,
            LossKLD.class);

    private static final String REMEDY =
            "End the network with an OutputLayer of softmax and MCXENT, one output for each class";

    void requireClassifier() {
        if (layer == null || !LAYERS.contains(layer.getClass())) {
            throw refusal("is a " + (layer == null ? "vertex" : layer.getClass().getSimpleName()));
        }
        IActivation activation =
                layer instanceof LossLayer loss ? loss.getActivationFn() : ((BaseOutputLayer) layer).getActivationFn();
        if (!(activation instanceof ActivationSoftmax) && !(activation instanceof ActivationSigmoid)) {
            throw refusal("activates by " + activation);
        }
        ILossFunction loss = loss();
        if (loss == null || !LOSSES.contains(loss.getClass())) {
            throw refusal("has "
                    + (loss == null ? "no loss" : "the loss " + loss.getClass().getSimpleName()));
        }
    }

    private ILossFunction loss() {
        return layer instanceof LossLayer loss ? loss.getLossFn() : ((BaseOutputLayer) layer).getLossFn();
    }

    /** Whether classes may weigh more or less in its loss. */
    boolean takesClassWeights() {
        return loss() instanceof LossMCXENT;
    }

    /** Refuses another number of outputs, where the definition alone tells it. */
    void requireClasses(int classes) {
        if (layer instanceof BaseOutputLayer output && output.getNOut() != classes) {
            throw wrongNumber(output.getNOut(), classes);
        }
    }

    Misfit wrongNumber(long outputs, int classes) {
        return new Misfit(
                "its output, layer " + name + ", has " + outputs + " outputs, and the data have " + classes
                        + " classes",
                "Give the layer nOut = " + classes + ", or correct data.labels");
    }

    Misfit notARow(InputType type) {
        return refusal("makes " + type + " of an image");
    }

    private Misfit refusal(String what) {
        return new Misfit("its output, layer " + name + ", " + what + ", which is no classifier", REMEDY);
    }
}
