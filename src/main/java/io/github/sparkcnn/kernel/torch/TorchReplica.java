package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.Threads;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.StepProgram;
import io.github.sparkcnn.kernel.torch.loss.Loss;
import io.github.sparkcnn.kernel.torch.operation.Forward;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Products;
import io.github.sparkcnn.kernel.torch.tensor.Randomness;
import io.github.sparkcnn.kernel.torch.tensor.RunningStatistics;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.torch.tensor.TorchScope;
import io.github.sparkcnn.kernel.torch.update.Update;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A replica whose state lies on a device of libtorch's and whose backward pass is its automatic differentiation. Whatever a call makes
 * there is freed before it returns, and not left to the garbage collector, which does not feel it.
 */
final class TorchReplica implements Replica {
    private static final int PIXELS_ON_GPU = 1 << 20;
    private static final int VALUES_ON_GPU = 1 << 26;

    private final Network network;
    private final TorchDevice device;
    private final Threads threads;
    private final ClassWeights weights;
    private final TorchScope owned;
    private final Randomness random;
    private final FlatTensors flat;
    private final RunningStatistics statistics;
    private final Products products;
    private final Forward forward;
    private final Loss loss;
    private final Inputs inputs;
    private final TorchState state;
    private final int predictionBatch;
    private BackendReport backend;

    @SuppressWarnings("try") // scopes are there to be closed
    TorchReplica(
            Network network,
            StepProgram program,
            ImageShape shape,
            KernelOptions options,
            BackendReport backend,
            TorchDevice device) {
        this.network = network;
        this.device = device;
        threads = new Threads(options.threads());
        weights = options.weights();
        products = new Products(device, options.precision());
        predictionBatch = predictionBatch(device.isHost(), shape, network.largestActivation(shape));
        enter();
        try (TorchScope scope = new TorchScope();
                NoGradGuard still = new NoGradGuard()) {
            List<Step> steps = program.activationAfterPooling().steps();
            random = new Randomness(device);
            flat = new FlatTensors(device, network.parameters().length());
            statistics = RunningStatistics.of(steps, device, flat);
            forward = new Forward(steps, flat, statistics, random);
            loss = Loss.of(program.head(), device);
            Update update = Update.of(network, options, device, flat);
            state = new TorchState(network, device, flat, update);
            this.backend = told(backend, options, update);
            // What cannot be run is refused here and not at the first step.
            Tensor tried = sums(device.zeros(1, shape.channels(), shape.height(), shape.width()), options.training());
            inputs = new Inputs(device, products, shape, tried.size(1));
            owned = scope.extend();
        }
    }

    private static BackendReport told(BackendReport backend, KernelOptions options, Update update) {
        BackendReport report = backend.multiplyingIn(options.precision());
        return options.training() && update.reasonForHost().isPresent()
                ? report.noting(
                        "updates in host memory: " + update.reasonForHost().get())
                : report;
    }

    /** libtorch sets its own number of threads at the first use by a Java thread; the replica's comes after that. */
    private void enter() {
        torch.get_num_threads();
        threads.apply();
        products.choose();
    }

    private Tensor sums(Tensor images, boolean training) {
        return products.in32Bits(() -> forward.run(images, training));
    }

    @Override
    public double step(Minibatch batch, long seed) {
        return step(() -> inputs.images(batch.features(), 0, batch.size()), batch, seed);
    }

    @SuppressWarnings("try")
    private double step(Supplier<Tensor> images, Minibatch labels, long seed) {
        enter();
        try (TorchScope scope = new TorchScope()) {
            random.restart(seed);
            Tensor sums = sums(images.get(), true);
            return still(() -> backward(labels, sums));
        }
    }

    @Override
    public Optional<KeptImages> keep(LabelledPixels images, PixelScale scale) {
        return device.isHost() ? Optional.empty() : keepWithin(device::freeMemory, images, scale);
    }

    /** Where so many bytes are free. */
    Optional<KeptImages> keepWithin(LongSupplier free, LabelledPixels images, PixelScale scale) {
        try {
            Optional<String> refusal = new Room(free.getAsLong())
                    .refusal((long) images.size() * images.shape().size());
            refusal.ifPresent(this::noteImagesOnHost);
            return refusal.isPresent() ? Optional.empty() : Optional.of(keepOnDevice(images, scale));
        } catch (RuntimeException | LinkageError e) { // libtorch's own errors are RuntimeExceptions
            noteImagesOnHost(Visible.firstLine(e));
            return Optional.empty();
        }
    }

    private void noteImagesOnHost(String reason) {
        backend = backend.noting("images in host memory: " + reason);
    }

    @Override
    public boolean leavesProcessorFree() {
        return !device.isHost();
    }

    KeptImages keepOnDevice(LabelledPixels images, PixelScale scale) {
        enter();
        return new KeptPixels(device, products, images, scale, this::step);
    }

    private double backward(Minibatch batch, Tensor sums) {
        Loss.Backward result = loss.backward(sums.detach(), inputs.targets(batch, weights));
        flat.gradient().zero_();
        if (sums.requires_grad()) { // not if every layer is frozen
            sums.backward(result.gradient(), new BoolOptional(), false, new TensorArrayRefOptional());
        }
        statistics.update();
        state.step(batch.size());
        return result.sum().item_double() / batch.size();
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        enter();
        for (int from = 0; from < size; from += predictionBatch) {
            int first = from;
            int images = Math.min(predictionBatch, size - from);
            still(() -> {
                Tensor sums = sums(inputs.images(features, first, images), false);
                return inputs.copyRows(loss.probabilities(sums), probabilities, first);
            });
        }
    }

    @Override
    public int predictionBatch() {
        return predictionBatch;
    }

    /**
     * A GPU is busy with as many images as have a million pixels; more than on a processor they are only as far as what a layer makes of
     * them stays within 256 MiB, since others may share it.
     *
     * @param largest values that a layer makes of an image
     */
    static int predictionBatch(boolean onHost, ImageShape shape, long largest) {
        long many = Math.min(PIXELS_ON_GPU / (shape.height() * shape.width()), VALUES_ON_GPU / Math.max(1, largest));
        return onHost ? PREDICTION_BATCH : (int) Math.max(PREDICTION_BATCH, many);
    }

    /** Runs what is not part of a forward pass with a gradient. */
    @SuppressWarnings("try")
    private static <T> T still(Supplier<T> work) {
        try (TorchScope scope = new TorchScope();
                NoGradGuard guard = new NoGradGuard()) {
            return work.get();
        }
    }

    @Override
    public void scaleLearningRates(double factor) {
        state.scaleLearningRates(factor);
    }

    @Override
    public NetworkState read() {
        return still(state::read);
    }

    @Override
    public void write(NetworkState other) {
        still(() -> state.write(other));
    }

    @Override
    public <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        return still(() -> state.lend(borrower));
    }

    @Override
    public <T> T lendInParts(Function<List<ByteBuffer>, Supplier<T>> begin) {
        return still(() -> state.lendInParts(begin));
    }

    @Override
    public void publish() {
        read().applyTo(network);
    }

    @Override
    public void refresh() {
        write(NetworkState.of(network));
    }

    @Override
    public BackendReport backend() {
        return backend;
    }

    @Override
    public void close() {
        owned.close();
    }
}
