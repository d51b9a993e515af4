package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/** Reads what a layer drops out of its input. */
final class DropoutReader {

    private DropoutReader() {}

    /** Adds the dropout's step; a frozen layer drops nothing out. */
    static int read(IDropout dropout, LayerSite site, int from) throws UnsupportedNetwork {
        if (dropout == null || site.isFrozen()) {
            return from;
        }
        site.require(
                dropout.getClass() == Dropout.class && ((Dropout) dropout).getPSchedule() == null,
                "drops out by " + dropout);
        double retain = ((Dropout) dropout).getP();
        return retain == 1 ? from : site.add(to -> new Step.Dropout(from, to, retain));
    }
}
