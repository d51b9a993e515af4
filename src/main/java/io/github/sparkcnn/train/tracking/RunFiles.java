package io.github.sparkcnn.train.tracking;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.onnx.layer.HeadTranslation;
import io.github.sparkcnn.predict.CheckedOnnx;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.track.mlflow.ModelSignature;
import io.github.sparkcnn.track.mlflow.TrackedRun;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** What a run's folder has for MLflow. */
record RunFiles(Storage storage, Path folder) {

    private static final List<String> ARTIFACTS =
            List.of("report.html", "manifest.json", "metrics.jsonl", "steps.jsonl", "model");
    /** Images that the ONNX model is checked on where there are none to test on. */
    private static final int DRAWN = 8;

    /** Where the run's id in MLflow is kept. */
    Path kept() {
        return kept(folder);
    }

    /** The same of any run with a folder. */
    static Path kept(Path folder) {
        return new Path(folder, "mlflow.json");
    }

    /** Sends all of it, and the model as ONNX where it can be. */
    void send(TrackedRun run, Optional<PackedImages> samples, Consumer<String> notice) {
        ARTIFACTS.forEach(name -> run.artifact(new Path(folder, name)));
        try {
            CheckedOnnx model = CheckedOnnx.of(
                    storage,
                    folder.toString(),
                    OnnxInput.PIXELS,
                    PredictionDevice.ANY, // the driver may have no GPU
                    card -> samples.orElseGet(() -> drawn(card.input())));
            run.model(model.onnx(), signature(model.card()));
        } catch (RuntimeException | LinkageError e) { // the run has its model all the same
            notice.accept("Note: MLflow gets no ONNX model of this run: " + Visible.firstLine(e));
        }
    }

    private static ModelSignature signature(ModelCard card) {
        return new ModelSignature(
                OnnxInput.PIXELS.tensor(),
                card.input(),
                List.of(HeadTranslation.LOGITS, HeadTranslation.PROBABILITIES),
                card.labels().size());
    }

    private static PackedImages drawn(ImageShape shape) {
        byte[] pixels = new byte[DRAWN * shape.size()];
        new Random(1).nextBytes(pixels);
        return new PackedImages(shape, new int[DRAWN], pixels, new int[DRAWN]);
    }
}
