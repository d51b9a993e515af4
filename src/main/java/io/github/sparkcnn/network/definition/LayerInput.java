package io.github.sparkcnn.network.definition;

import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/** What a layer was made for, held against what it gets. */
record LayerInput(String name, Layer layer, long expected) {

    private static final String REMEDY =
            "Set data.resize to the size that the network was made for, or correct the definition";

    /** Before {@code setNIn} overrides what the definition says; 0 where it leaves that open. */
    static LayerInput of(String name, Layer layer) {
        return new LayerInput(name, layer, inputs(layer).orElse(0L));
    }

    private static Optional<Long> inputs(Layer layer) {
        Layer thawed = layer instanceof FrozenLayer frozen ? frozen.getLayer() : layer;
        return thawed instanceof FeedForwardLayer forward && !(thawed instanceof LossLayer)
                ? Optional.of(forward.getNIn())
                : Optional.empty();
    }

    /** After {@code setNIn}: refuses another number than the definition's. */
    void requireSame() {
        long found = inputs(layer).orElse(0L);
        if (expected > 0 && found != expected) {
            throw new Misfit(
                    "layer " + name + " takes " + number(expected) + " inputs, and gets " + number(found), REMEDY);
        }
    }

    /** Refuses maps that are not those which the layer's input is told to flatten. */
    void requireSame(InputPreProcessor before, InputType type) {
        if (before instanceof CnnToFeedForwardPreProcessor flatten
                && type instanceof InputType.InputTypeConvolutional maps
                && flatten.getNumChannels() > 0
                && (flatten.getNumChannels() != maps.getChannels()
                        || flatten.getInputHeight() != maps.getHeight()
                        || flatten.getInputWidth() != maps.getWidth())) {
            throw new Misfit(
                    String.format(
                            Locale.ROOT,
                            "layer %s takes maps of %d×%d×%d, and gets %d×%d×%d",
                            name,
                            flatten.getNumChannels(),
                            flatten.getInputHeight(),
                            flatten.getInputWidth(),
                            maps.getChannels(),
                            maps.getHeight(),
                            maps.getWidth()),
                    REMEDY);
        }
    }

    /** Refuses maps that have vanished, which Deeplearning4j does not always. */
    static void requireRoom(String name, InputType made) {
        if (made instanceof InputType.InputTypeConvolutional maps && (maps.getHeight() < 1 || maps.getWidth() < 1)) {
            throw new Misfit(
                    "the images are too small for it: layer " + name + " makes maps of " + maps.getHeight() + "×"
                            + maps.getWidth(),
                    REMEDY);
        }
    }

    /** What Deeplearning4j finds wrong with a layer's input. */
    static Misfit wrong(String name, RuntimeException e) {
        return e instanceof Misfit known
                ? known
                : Misfit.of("layer " + name + " does not take what it gets", e, REMEDY);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
