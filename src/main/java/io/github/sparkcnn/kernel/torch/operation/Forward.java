package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Randomness;
import io.github.sparkcnn.kernel.torch.tensor.RunningStatistics;
import io.github.sparkcnn.kernel.torch.tensor.TorchScope;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A network's steps one after the other, each value freed behind the last step that reads it. */
public final class Forward {
    private final List<Step> steps;
    private final RunningStatistics statistics;
    private final List<Operation> operations;
    private final int[] lastReader;

    /** Over the parameters of one replica. */
    public Forward(List<Step> steps, FlatTensors flat, RunningStatistics statistics, Randomness random) {
        this.steps = steps;
        this.statistics = statistics;
        Operations known = new Operations(flat, statistics, random);
        operations = steps.stream().map(known::of).toList();
        lastReader = lastReader(steps);
    }

    private static int[] lastReader(List<Step> steps) {
        int[] last = new int[1 + steps.stream().mapToInt(Step::to).max().orElse(0)];
        for (int i = 0; i < steps.size(); i++) {
            for (int value : steps.get(i).from()) {
                last[value] = i;
            }
        }
        return last;
    }

    /**
     * Runs them.
     *
     * @param images {@code [n, channels, height, width]}
     * @param training whether a gradient is wanted and dropout is active
     * @return {@code [n, outputs]}
     */
    public Tensor run(Tensor images, boolean training) {
        statistics.prepare(training);
        Tensor[] values = new Tensor[lastReader.length];
        values[0] = new Tensor(images);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            List<Tensor> inputs =
                    step.from().stream().map(value -> values[value]).toList();
            values[step.to()] = computed(operations.get(i), inputs, training);
            int index = i;
            step.from().stream().filter(value -> lastReader[value] == index).forEach(value -> values[value].close());
        }
        return Rows.of(values[steps.get(steps.size() - 1).to()]);
    }

    /** Frees what is made on the way. */
    @SuppressWarnings("try") // the scope is there to be closed
    private static Tensor computed(Operation operation, List<Tensor> inputs, boolean training) {
        Tensor made;
        try (TorchScope onTheWay = new TorchScope()) {
            made = operation.compute(inputs, training);
            made.retainReference();
        }
        // From here on it is the caller's scope that frees it, at the latest.
        PointerScope.getInnerScope().attach(made);
        made.releaseReference();
        return made;
    }
}
