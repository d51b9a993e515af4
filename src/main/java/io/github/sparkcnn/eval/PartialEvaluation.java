package io.github.sparkcnn.eval;

import io.github.sparkcnn.ElementCount;
import io.github.sparkcnn.image.ImageShape;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What came of predicting some of a test set's images: adds up with that of the others, in any order, to the same bits. Mutable.
 */
public final class PartialEvaluation {

    private static final Comparator<Mistake> IN_ORDER = Comparator.comparingInt(Mistake::index);

    private final EvaluationSums sums;
    private final int most;
    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * Of no image.
     *
     * @param most the first mistakes that are kept
     */
    public PartialEvaluation(int classes, int most) {
        this.sums = EvaluationSums.of(classes);
        this.most = most;
    }

    EvaluationSums sums() {
        return sums;
    }

    /** Whether there is room for another mistake behind those that are there. */
    boolean hasRoom() {
        return mistakes.size() < most;
    }

    void add(Mistake mistake) {
        mistakes.add(mistake);
    }

    /** Writes what {@link #merge} reads. */
    public void write(DataOutputStream out) throws IOException {
        out.writeBoolean(true);
        sums.write(out);
        out.writeInt(mistakes.size());
        for (Mistake mistake : mistakes) {
            mistake.write(out);
        }
    }

    /** Writes, instead, that the network predicts no numbers. */
    public static void write(NotANumberException failure, DataOutputStream out) throws IOException {
        out.writeBoolean(false);
        out.writeUTF(failure.getMessage());
    }

    /**
     * Adds another part, of as many classes and images of this shape; of all mistakes the first are kept.
     *
     * @throws NotANumberException where the network predicted none there
     */
    public void merge(DataInputStream in, ImageShape shape) throws IOException {
        if (!in.readBoolean()) {
            throw new NotANumberException(in.readUTF());
        }
        sums.merge(in);
        for (int left = ElementCount.read(in, Mistake.bytes(shape)); left > 0; left--) {
            mistakes.add(Mistake.read(in, shape, sums.classes()));
        }
        mistakes.sort(IN_ORDER);
        if (mistakes.size() > most) {
            mistakes.subList(most, mistakes.size()).clear();
        }
    }

    /** Images so far. */
    public long images() {
        return sums.images();
    }

    /** What it came to, with a name for every class. */
    public Evaluation evaluation(List<String> names) {
        return new Evaluation(sums.report(names), mistakes);
    }
}
