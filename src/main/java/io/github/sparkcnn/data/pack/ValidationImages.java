package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.random.Seeds;
import java.util.BitSet;

/** Which of the training images are held out to be evaluated on. */
final class ValidationImages {

    /** Keeps the choice apart from that of {@code data.train-images}, which has the same seed. */
    private static final long STREAM = 0x7A11;

    private ValidationImages() {}

    /**
     * The positions of the validation images.
     *
     * @param labels of all images, in order
     * @param name of the data set, for messages
     */
    static BitSet choose(int[] labels, Holdout holdout, long seed, String name) {
        int all = labels.length;
        int images = holdout.last()
                .orElseGet(() -> (int) Math.round(all * holdout.fraction().orElseThrow()));
        if (images < 1 || images >= all) {
            String key = holdout.last().isPresent() ? "data.validation-last" : "data.validation-fraction";
            throw new UserException(
                    "hold out " + images + " images of " + name,
                    "it holds " + all,
                    "Set " + key + " so that images remain for both parts");
        }
        if (holdout.last().isEmpty()) {
            return StratifiedSample.choose(labels, images, Seeds.of(seed, STREAM));
        }
        BitSet last = new BitSet(all);
        last.set(all - images, all);
        return last;
    }
}
