package io.github.sparkcnn.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** An optimizer for layers of a network, and its weight decay. */
public record LayerOptimizer(IUpdater updater, double weightDecay) {

    /** Puts both in the place of whatever the layer brings; a layer that learns nothing stays as it is. */
    public void replace(Layer layer) {
        if (layer instanceof BaseLayer learning) {
            learning.setIUpdater(updater);
            learning.setBiasUpdater(null);
            learning.setRegularization(decay(weightDecay));
            learning.setRegularizationBias(decay(0));
        } else if (layer instanceof AbstractSameDiffLayer learning) {
            learning.setUpdater(updater);
            learning.setBiasUpdater(null);
            learning.setRegularization(decay(weightDecay));
            learning.setRegularizationBias(decay(0));
        }
    }

    private static List<Regularization> decay(double l2) {
        List<Regularization> regularization = new ArrayList<>(); // Jackson has to know its class
        if (l2 > 0) {
            regularization.add(new L2Regularization(l2));
        }
        return regularization;
    }
}
