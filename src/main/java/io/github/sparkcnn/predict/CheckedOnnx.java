package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.onnx.OnnxCheck;
import io.github.sparkcnn.onnx.OnnxExport;
import io.github.sparkcnn.onnx.OnnxInput;
import java.util.function.Function;

/**
 * A saved model as ONNX, after ONNX Runtime has agreed on images with Deeplearning4j's own layers.
 *
 * @param onnx the bytes of the file
 * @param card of the model
 * @param images that both were held to
 * @param difference the largest of any probability of theirs
 */
@SuppressWarnings("ArrayRecordComponent") // a file, compared by nobody
public record CheckedOnnx(byte[] onnx, ModelCard card, int images, double difference) {

    private static final int BATCH = 250;

    /**
     * Encodes and checks.
     *
     * @param model a run's folder or the model folder in it
     * @param device whose kernels ONNX Runtime is held to, unless they are left to choose
     * @param checked gives the images, once the model has been read
     * @throws UserException where the keys ask for other numbers than ONNX Runtime's
     */
    public static CheckedOnnx of(
            Storage storage,
            String model,
            OnnxInput input,
            PredictionDevice device,
            Function<ModelCard, PackedImages> checked) {
        device.requireFloat32();
        device.wakeToCompute();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        PackedImages images = fitted(checked.apply(saved.card()), saved.card());
        requireUsable(model, saved.card(), images);
        byte[] onnx = OnnxExport.encode(saved.network(), Predictions.describe(saved.card()), input);
        double difference = largestDifference(saved, onnx, images, kernels(device));
        return new CheckedOnnx(onnx, saved.card(), images.size(), difference);
    }

    private static PackedImages fitted(PackedImages images, ModelCard card) {
        return card.resize()
                ? Resize.apply(images, card.input().height(), card.input().width())
                : images;
    }

    private static void requireUsable(String model, ModelCard card, PackedImages images) {
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

    private static double largestDifference(
            ModelFolder.Saved saved, byte[] onnx, PackedImages images, KernelOptions kernels) {
        PixelScale scale = saved.card().normalization();
        int classes = saved.card().labels().size();
        double largest = 0;
        try (Replica replica = Engines.open(saved.network(), images.shape(), kernels);
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

    private static KernelOptions kernels(PredictionDevice device) {
        KernelOptions asked = device.kernels(PredictionEngine.AUTO);
        return asked.engine().equals(Engines.AUTO) && asked.backend() == Backend.CPU
                ? asked.withEngine(Engines.DL4J)
                : asked;
    }
}
