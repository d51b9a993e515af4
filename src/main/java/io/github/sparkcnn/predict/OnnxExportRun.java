package io.github.sparkcnn.predict;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.onnx.OnnxInput;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/** Writes a saved model as an ONNX file, if ONNX Runtime agrees on given images with Deeplearning4j's own layers. */
public final class OnnxExportRun {

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
     * @param checked gives the images that both engines are held to, of the model that has been read
     */
    public Result execute(Function<ModelCard, PackedImages> checked) {
        NamedOutput output = new NamedOutput(storage, file, OPTION);
        output.requireNewFile();
        CheckedOnnx onnx = CheckedOnnx.of(storage, model, input, device, checked);
        output.write(out -> out.write(onnx.onnx()));
        return new Result(file, onnx.onnx().length, onnx.images(), onnx.difference());
    }
}
