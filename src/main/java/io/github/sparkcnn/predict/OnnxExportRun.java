package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.onnx.OnnxCheck;
import io.github.sparkcnn.onnx.OnnxExport;
import io.github.sparkcnn.onnx.OnnxInput;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** Writes a saved model as an ONNX file, if ONNX Runtime agrees on given images with Deeplearning4j's own layers. */
public final class OnnxExportRun {

    private static final int BATCH = 250;
    private static final String OPTION = "--onnx";

    private final Storage storage;
    private final String model;
    private final Path file;
    private final OnnxInput input;
    private final PredictionDevice device;

    /** Prepares a run on whatever there is; nothing happens yet. */
    public OnnxExportRun(Storage storage, String model, Path file, OnnxInput input) {
        this(storage, model, file, input, PredictionDevice.ANY);
    }

    private OnnxExportRun(Storage storage, String model, Path file, OnnxInput input, PredictionDevice device) {
        this.storage = storage;
        this.model = model;
        this.file = file;
        this.input = input;
        this.device = device;
    }

    /** The same on this device, whose kernels ONNX Runtime is held to unless they are left to choose. */
    public OnnxExportRun on(PredictionDevice other) {
        return new OnnxExportRun(storage, model, file, input, other);
    }

    /**
     * What was written.
     *
     * @param difference the largest of any probability of the images checked
     */
    public record Result(Path file, long bytes, int images, double difference) {}

    /**
     * Encodes, checks and writes.
     *
     * @param checked gives the images that both engines are held to, once the model has been read
     */
    public Result execute(Supplier<PackedImages> checked) {
        NamedOutput output = new NamedOutput(storage, file, OPTION);
        output.requireNewFile();
        device.wakeToCompute();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        PackedImages images = fitted(checked.get(), saved.card());
        requireUsable(saved.card(), images);
        byte[] onnx = OnnxExport.encode(saved.network(), Predictions.describe(saved.card()), input);
        double difference = largestDifference(saved, onnx, images);
        output.write(out -> out.write(onnx));
        return new Result(file, onnx.length, images.size(), difference);
    }

    private static PackedImages fitted(PackedImages images, ModelCard card) {
        return card.resize()
                ? Resize.apply(images, card.input().height(), card.input().width())
                : images;
    }

    private void requireUsable(ModelCard card, PackedImages images) {
        if (images.size() == 0) {
            throw new IllegalArgumentException("no image to check the export with");
        }
        if (!images.shape().equals(card.input())) {
            throw new UserException(
                    "check the export of " + model,
                    "the images are " + images.shape() + ", the model takes " + card.input(),
                    "Give images of the model's shape with --check-data");
        }
    }

    private double largestDifference(ModelFolder.Saved saved, byte[] onnx, PackedImages images) {
        PixelScale scale = saved.card().normalization();
        int classes = saved.card().labels().size();
        double largest = 0;
        try (Replica replica = Engines.open(saved.network(), images.shape(), kernels());
                Scorer scorer = new ReplicaScorer(replica, images.shape(), scale, BATCH)) {
            for (int from = 0; from < images.size(); from += BATCH) {
                PackedImages batch = images.range(from, Math.min(images.size(), from + BATCH));
                float[] expected = new float[batch.size() * classes];
                scorer.score(batch.pixels(), batch.size(), expected);
                largest = Math.max(largest, OnnxCheck.requireAgreement(onnx, scale, batch, expected));
            }
        }
        return largest;
    }

    private KernelOptions kernels() {
        KernelOptions asked = device.kernels(PredictionEngine.AUTO);
        return asked.engine().equals(Engines.AUTO) && asked.backend() == Backend.CPU
                ? asked.withEngine(Engines.DL4J)
                : asked;
    }
}
