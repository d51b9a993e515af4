package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.Step.Noise.Kind;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.Map;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;

/** Reads what a layer drops out of its input. */
final class DropoutReader {

    private DropoutReader() {}

    /** Adds the dropout's step; a frozen layer drops nothing out. */
    static int read(IDropout dropout, LayerSite site, int from) throws UnsupportedNetwork {
        if (dropout == null || site.isFrozen()) {
            return from;
        }
        if (dropout.getClass() == Dropout.class && ((Dropout) dropout).getPSchedule() == null) {
            double retain = ((Dropout) dropout).getP();
            return retain == 1 ? from : site.add(to -> new Step.Dropout(from, to, retain));
        }
        Map.Entry<Kind, Double> noise = noise(dropout);
        if (noise == null) {
            throw site.refusal("drops out by " + dropout);
        }
        return site.add(to -> new Step.Noise(from, to, noise.getKey(), noise.getValue()));
    }

    /** Null for a dropout that is not known, or one that changes by a schedule. */
    private static Map.Entry<Kind, Double> noise(IDropout dropout) {
        if (dropout instanceof SpatialDropout maps && maps.getPSchedule() == null) {
            return Map.entry(Kind.MAPS, maps.getP());
        }
        if (dropout instanceof GaussianDropout factors && factors.getRateSchedule() == null) {
            return Map.entry(Kind.FACTORS, Math.sqrt(factors.getRate() / (1 - factors.getRate())));
        }
        if (dropout instanceof GaussianNoise summands && summands.getStddevSchedule() == null) {
            return Map.entry(Kind.SUMMANDS, summands.getStddev());
        }
        return dropout instanceof AlphaDropout alpha
                        && alpha.getPSchedule() == null
                        && alpha.getAlpha() == AlphaDropout.DEFAULT_ALPHA
                        && alpha.getLambda() == AlphaDropout.DEFAULT_LAMBDA
                ? Map.entry(Kind.SELF_NORMALIZING, alpha.getP())
                : null;
    }
}
