package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import java.util.Collection;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The shapes that a network's layers make of an image. */
final class ActivationShapes {

    private ActivationShapes() {}

    /** Whether a layer leaves nothing of the image; Deeplearning4j counts on, with heights and widths below 1. */
    static boolean hasEmpty(Model network, ImageShape images) {
        return of(network, InputType.convolutional(images.height(), images.width(), images.channels())).stream()
                .anyMatch(shape ->
                        shape instanceof InputTypeConvolutional maps && (maps.getHeight() < 1 || maps.getWidth() < 1));
    }

    private static Collection<InputType> of(Model network, InputType images) {
        return network instanceof ComputationGraph graph
                ? graph.getConfiguration()
                        .getLayerActivationTypes(true, false, images)
                        .values()
                : ((MultiLayerNetwork) network).getLayerWiseConfigurations().getLayerActivationTypes(images);
    }
}
