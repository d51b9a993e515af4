package io.github.sparkcnn.train;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.NotANumberException;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.kernel.Replica;
import java.util.List;
import java.util.Optional;

/** Evaluates the network on the test images, where there are any, once for as long as it stays the same. */
final class Validation {

    private final Optional<TestSet> test;
    private final List<String> names;
    private final Replica replica;
    private Optional<Evaluation> last = Optional.empty();

    /**
     * Nothing is evaluated yet.
     *
     * @param names of the classes
     */
    Validation(Optional<TestSet> test, List<String> names, Replica replica) {
        this.test = test;
        this.names = names;
        this.replica = replica;
    }

    /** Predicts every image. */
    Optional<EvaluationReport> evaluate() {
        replica.refresh();
        try {
            last = test.map(images -> images.evaluate(replica, names, RunReport.MISTAKES));
        } catch (NotANumberException e) {
            throw new DivergedException("on the test set " + e.getMessage());
        }
        return last.map(Evaluation::report);
    }

    /** The network is another now: what was seen of it no longer holds. */
    void forget() {
        last = Optional.empty();
    }

    /** What the last evaluation saw, or a new one where there was none. */
    Optional<Evaluation> examination() {
        if (last.isEmpty()) {
            evaluate();
        }
        return last;
    }

    /** Tells a listener of the last evaluation. */
    void tell(TrainingListener listener, int epoch) {
        last.ifPresent(
                examination -> listener.examined(epoch, test.orElseThrow().images(), examination));
    }
}
