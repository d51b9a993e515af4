package io.github.sparkcnn.train;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.NotANumberException;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.strategy.Trainer;
import java.util.List;
import java.util.Optional;

/** Has the driver's network evaluated on the test images, where there are any, once for as long as it stays the same. */
final class Evaluator {

    private final Optional<TestImages> test;
    private final List<String> names;
    private final Trainer trainer;
    private final Replica replica;
    private Optional<Evaluation> last = Optional.empty();

    /**
     * Nothing is evaluated yet.
     *
     * @param names of the classes
     * @param trainer whose workers evaluate, if they do
     * @param replica of the driver, which does otherwise
     */
    Evaluator(Optional<TestImages> test, List<String> names, Trainer trainer, Replica replica) {
        this.test = test;
        this.names = names;
        this.trainer = trainer;
        this.replica = replica;
    }

    /** Predicts every image. */
    Optional<EvaluationReport> evaluate() {
        try {
            last = test.map(images -> trainer.evaluate()
                    .orElseGet(() -> images.evaluateInDriver(replica))
                    .evaluation(names));
        } catch (NotANumberException e) {
            throw new DivergedException("on the test set " + e.getMessage());
        }
        return last.map(Evaluation::report);
    }

    /** The network is another now: what was seen of it no longer holds. */
    void forget() {
        last = Optional.empty();
        trainer.refresh();
    }

    /** The last evaluation, or a new one where there was none. */
    Optional<Evaluation> latest() {
        if (last.isEmpty()) {
            evaluate();
        }
        return last;
    }

    /** Tells listeners of the last evaluation. */
    void tell(TrainingListener listeners, int epoch) {
        last.ifPresent(
                evaluation -> listeners.evaluated(epoch, test.orElseThrow().samples(), evaluation));
    }
}
