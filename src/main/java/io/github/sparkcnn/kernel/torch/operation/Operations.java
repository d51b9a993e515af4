package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Randomness;
import io.github.sparkcnn.kernel.torch.tensor.RunningStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Which operation a step is, over one replica's parameters. */
final class Operations {

    private final Map<Class<? extends Step>, Function<Step, Operation>> byKind;

    Operations(FlatTensors flat, RunningStatistics statistics, Randomness random) {
        byKind = Map.ofEntries(
                of(Step.Convolution.class, step -> new Convolution(step, flat)),
                of(Step.Deconvolution.class, step -> new Deconvolution(step, flat)),
                of(Step.Dense.class, step -> new Dense(step, flat)),
                of(Step.MaxPool.class, step -> new MaxPool(step.sliding())),
                of(Step.AveragePool.class, AveragePool::new),
                of(Step.GlobalPool.class, step -> new GlobalPool(step.pooling())),
                of(Step.Normalization.class, step -> new Normalization(step, flat, statistics)),
                of(Step.LocalResponse.class, LocalResponse::new),
                of(Step.Activation.class, step -> new Activation(step.function())),
                of(Step.Dropout.class, step -> new Dropout(step.retain(), random)),
                of(Step.Noise.class, step -> new Noise(step, random)),
                of(Step.Border.class, Operations::border),
                of(Step.Upsampling.class, Upsampling::new),
                of(Step.Addition.class, step -> (values, training) -> sum(Rows.alike(values))),
                of(Step.Product.class, step -> (values, training) -> product(Rows.alike(values))),
                of(Step.Concatenation.class, step -> (values, training) -> concatenation(Rows.alike(values))));
    }

    private static <S extends Step> Map.Entry<Class<? extends Step>, Function<Step, Operation>> of(
            Class<S> kind, Function<S, Operation> operation) {
        return Map.entry(kind, step -> operation.apply(kind.cast(step)));
    }

    Operation of(Step step) {
        return byKind.get(step.getClass()).apply(step);
    }

    /** The kinds of steps that there are operations for. */
    Set<Class<? extends Step>> known() {
        return byKind.keySet();
    }

    private static UnaryOperation border(Step.Border step) {
        Margins margins = new Margins(step.top(), step.bottom(), step.left(), step.right());
        return (input, training) -> margins.around(input, 0);
    }

    private static Tensor sum(List<Tensor> values) {
        return values.get(0).add(values.get(1));
    }

    private static Tensor product(List<Tensor> values) {
        return values.get(0).mul(values.get(1));
    }

    private static Tensor concatenation(List<Tensor> values) {
        return torch.cat(new TensorVector(values.toArray(Tensor[]::new)), 1);
    }
}
