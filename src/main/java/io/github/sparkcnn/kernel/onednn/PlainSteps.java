package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.pointwise.Activation;
import io.github.sparkcnn.kernel.onednn.pointwise.Addition;
import io.github.sparkcnn.kernel.onednn.pointwise.Product;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import io.github.sparkcnn.kernel.onednn.spatial.Border;
import io.github.sparkcnn.kernel.onednn.spatial.Concatenation;
import io.github.sparkcnn.kernel.onednn.spatial.Flatten;
import io.github.sparkcnn.kernel.onednn.spatial.LocalResponse;
import io.github.sparkcnn.kernel.onednn.spatial.Pooling;
import io.github.sparkcnn.kernel.onednn.spatial.Upsampling;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.Step.GlobalPool;
import java.util.List;

/** Puts the steps that have no parameters into a plan; of several readers of a value each has its own tensor. */
final class PlainSteps {
    private final PlanBuilder builder;
    private final OneDnn dnn;
    private final Values values;

    PlainSteps(PlanBuilder builder, Values values) {
        this.builder = builder;
        this.dnn = builder.dnn();
        this.values = values;
    }

    /** @param activation that the step does in its own pass; null for none */
    Tensor emit(Step step, ActivationFunction activation) {
        if (step instanceof Step.MaxPool pool) {
            Tensor input = values.take(pool);
            long[] output = Windows.output(pool.sliding(), input, input.channels());
            Window window = Windows.of(pool.sliding(), input.dims(), output);
            return builder.add(Pooling.maximum(dnn, window, builder.training())).build(input, output, activation);
        }
        if (step instanceof Step.Addition sum) {
            return sum(sum, activation);
        }
        if (activation != null) {
            throw new AssertionError(step + " takes no activation");
        }
        if (step instanceof Step.Product product) {
            List<Tensor> factors = alike(values.take(product.left()), values.take(product.right()));
            return builder.add(new Product(dnn)).build(factors.get(0), factors.get(1));
        }
        if (step instanceof Step.Concatenation parts) {
            List<Tensor> inputs = alike(parts.from().stream().map(values::take).toArray(Tensor[]::new));
            return builder.add(new Concatenation(dnn)).build(inputs);
        }
        return unary((Step.Unary) step);
    }

    private Tensor unary(Step.Unary step) {
        Tensor input = values.take(step);
        if (step instanceof Step.Activation activation) {
            return activation(input, activation.function());
        }
        if (step instanceof Step.AveragePool pool) {
            long[] output = Windows.output(pool.sliding(), input, input.channels());
            Window window = Windows.of(pool.sliding(), input.dims(), output);
            return builder.add(
                            pool.includePadding()
                                    ? Pooling.averageWithPadding(dnn, window, builder.training())
                                    : Pooling.average(dnn, window, builder.training()))
                    .build(input, output, null);
        }
        if (step instanceof GlobalPool pool) {
            return globalPool(pool.pooling(), input);
        }
        if (step instanceof Step.LocalResponse local) {
            return builder.add(new LocalResponse(dnn, local.size(), local.alpha(), local.beta(), local.k()))
                    .build(input);
        }
        if (step instanceof Step.Border border) {
            return builder.add(new Border(dnn, border.top(), border.bottom(), border.left(), border.right()))
                    .build(input);
        }
        if (step instanceof Step.Upsampling up) {
            return builder.add(new Upsampling(dnn, up.rows(), up.columns())).build(input);
        }
        throw new AssertionError(step);
    }

    private Tensor globalPool(GlobalPool.Pooling pooling, Tensor input) {
        long[] dims = input.dims();
        long[] output = {dims[0], dims[1], 1, 1};
        Window whole = Window.all(new long[] {dims[2], dims[3]});
        Tensor pooled = builder.add(
                        pooling == GlobalPool.Pooling.MAXIMUM
                                ? Pooling.maximum(dnn, whole, builder.training())
                                : Pooling.averageWithPadding(dnn, whole, builder.training()))
                .build(input, output, null);
        return pooling == GlobalPool.Pooling.SUM
                ? activation(pooled, ActivationFunction.linear((double) dims[2] * dims[3], 0))
                : pooled;
    }

    private Tensor sum(Step.Addition step, ActivationFunction activation) {
        Tensor left = values.take(step.left());
        List<Tensor> terms = alike(left, values.take(step.right()));
        return builder.add(new Addition(dnn)).build(terms.get(0), terms.get(1), activation);
    }

    private Tensor activation(Tensor input, ActivationFunction function) {
        return builder.add(new Activation(dnn, function)).build(input);
    }

    /** All as images, or all as rows where one of them is: a global pooling's images of one pixel are rows for DL4J. */
    private List<Tensor> alike(Tensor... tensors) {
        boolean images = List.of(tensors).stream().allMatch(Tensor::isImages);
        return List.of(tensors).stream()
                .map(tensor -> images || !tensor.isImages()
                        ? tensor
                        : builder.add(new Flatten(dnn)).build(tensor, 1))
                .toList();
    }
}
