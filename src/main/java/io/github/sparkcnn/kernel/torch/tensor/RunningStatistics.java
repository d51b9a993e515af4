package io.github.sparkcnn.kernel.torch.tensor;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.Step.Normalization;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The running statistics of all batch normalisations of a network, which a step updates together. They stay what Deeplearning4j keeps
 * among the parameters, the mean and log10 of the deviation, so that a state that is read and written again is the same to the bit.
 */
public final class RunningStatistics {

    /**
     * One normalisation's.
     *
     * @param minibatchMean receives it
     * @param minibatchVariance receives Σ (x − mean)² / (n − 1), which is what libtorch gives
     * @param mean the running one
     * @param variance the running one, as it was at {@link #prepare}
     */
    public record Channels(Tensor minibatchMean, Tensor minibatchVariance, Tensor mean, Tensor variance) {}

    private final TorchDevice device;
    private final Tensor parameters;
    private final Map<Normalization, Channels> channels = new HashMap<>();
    private final Tensor variances;
    private final Tensor placesOfAll;

    /** Those that a step updates; a frozen layer's stay. */
    private final List<Normalization> trained;

    private final Tensor placesOfMeans;
    private final Tensor placesOfLogDeviations;
    private final Tensor minibatchMeans;
    private final Tensor minibatchVariances;
    private final Tensor meanWeights;
    private final Tensor varianceWeights;
    private final Tensor decays;

    /** Over how many values each of the trained ones took its minibatch's statistics, and for which the weights are. */
    private final long[] counts;

    private long[] weighed = {};

    private RunningStatistics(TorchDevice device, FlatTensors flat, List<Normalization> normalizations) {
        this.device = device;
        parameters = flat.parameters();
        trained = normalizations.stream().filter(RunningStatistics::isTrained).toList();
        List<Normalization> frozen = normalizations.stream()
                .filter(normalization -> !isTrained(normalization))
                .toList();
        List<Normalization> ordered =
                Stream.concat(trained.stream(), frozen.stream()).toList();
        variances = device.zeros(size(ordered));
        placesOfAll = device.places(places(ordered, step -> step.logDeviation().offset()));
        placesOfMeans = device.places(places(trained, step -> step.mean().offset()));
        placesOfLogDeviations =
                device.places(places(trained, step -> step.logDeviation().offset()));
        minibatchMeans = device.zeros(size(trained));
        minibatchVariances = device.zeros(size(trained));
        decays = device.copyOf(perChannel(Normalization::decay));
        meanWeights = device.copyOf(perChannel(step -> 1 - step.decay()));
        varianceWeights = device.zeros(size(trained));
        counts = new long[trained.size()];
        int start = 0;
        for (Normalization step : ordered) {
            channels.put(step, channels(step, start));
            start += step.channels();
        }
    }

    /** Those of the normalisations among a network's steps. */
    public static RunningStatistics of(List<Step> steps, TorchDevice device, FlatTensors flat) {
        return new RunningStatistics(
                device,
                flat,
                steps.stream()
                        .filter(Normalization.class::isInstance)
                        .map(Normalization.class::cast)
                        .toList());
    }

    private Channels channels(Normalization step, int start) {
        int length = isTrained(step) ? step.channels() : 0;
        return new Channels(
                minibatchMeans.narrow(0, length == 0 ? 0 : start, length),
                minibatchVariances.narrow(0, length == 0 ? 0 : start, length),
                parameters.narrow(0, step.mean().offset(), step.channels()),
                variances.narrow(0, start, step.channels()));
    }

    /** One normalisation's. */
    public Channels of(Normalization step) {
        return channels.get(step);
    }

    /** Says over how many values a normalisation took its minibatch's statistics. */
    public void counted(Normalization step, long values) {
        counts[trained.indexOf(step)] = values;
    }

    /** Comes before a pass: makes the running variances where they are read, which in training frozen layers do. */
    public void prepare(boolean training) {
        if (training && !trained.isEmpty()) {
            // libtorch adds to them what is left of what they were: nothing, but of 0 / 0 that is 0 / 0 again.
            minibatchMeans.zero_();
            minibatchVariances.zero_();
        }
        if (channels.size() > (training ? trained.size() : 0)) {
            variances.copy_(variancesAt(placesOfAll));
        }
    }

    /** Takes the minibatch's statistics in, with the variance as Σ (x − mean)² / n. */
    public void update() {
        if (trained.isEmpty()) {
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                of(trained.get(i)).minibatchVariance().zero_(); // 0 / 0
            }
        }
        weigh();
        Tensor means = parameters.index_select(0, placesOfMeans).lerp_(minibatchMeans, meanWeights);
        parameters.index_copy_(0, placesOfMeans, means);
        Tensor updated = variancesAt(placesOfLogDeviations).mul_(decays).addcmul_(minibatchVariances, varianceWeights);
        parameters.index_copy_(0, placesOfLogDeviations, updated.log10_().mul_(new Scalar(0.5)));
    }

    /** The weights of the minibatch's variances depend on its size, which hardly ever changes. */
    private void weigh() {
        if (!Arrays.equals(counts, weighed)) {
            weighed = counts.clone();
            varianceWeights.copy_(device.copyOf(perChannel(
                    step -> (1 - step.decay()) * (counts[trained.indexOf(step)] - 1) / counts[trained.indexOf(step)])));
        }
    }

    private Tensor variancesAt(Tensor places) {
        return torch.pow(new Scalar(10.0), parameters.index_select(0, places).mul_(new Scalar(2.0)));
    }

    private static boolean isTrained(Normalization step) {
        return step.scale().trainable();
    }

    private static int size(List<Normalization> steps) {
        return steps.stream().mapToInt(Normalization::channels).sum();
    }

    private static int[] places(List<Normalization> steps, ToLongFunction<Normalization> start) {
        return steps.stream()
                .flatMapToInt(step -> IntStream.range(0, step.channels()).map(i -> (int) start.applyAsLong(step) + i))
                .toArray();
    }

    private float[] perChannel(ToDoubleFunction<Normalization> value) {
        float[] values = new float[size(trained)];
        int start = 0;
        for (Normalization step : trained) {
            Arrays.fill(values, start, start + step.channels(), (float) value.applyAsDouble(step));
            start += step.channels();
        }
        return values;
    }
}
