package io.github.sparkcnn.track.tensorboard;

import io.github.sparkcnn.FileException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import javax.imageio.ImageIO;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/**
 * Writes what TensorBoard shows of a run, event after event, to any stream; {@link #flush()} makes it visible to a TensorBoard
 * that is reading already. Not thread-safe. Failures of the stream are {@link FileException}s.
 */
public final class EventWriter implements AutoCloseable {
    // tensorflow/core/util/event.proto, which nd4j-api does not hold
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    private final OutputStream out;
    private final String path;
    private final InstantSource clock;

    /**
     * Begins an event file.
     *
     * @param path of the stream, for messages
     */
    public EventWriter(OutputStream out, String path) {
        this(out, path, InstantSource.system());
    }

    EventWriter(OutputStream out, String path, InstantSource clock) {
        this.out = out;
        this.path = path;
        this.clock = clock;
        write(event -> event.writeString(FILE_VERSION, "brain.Event:2"));
    }

    /** One point of a curve. */
    public void scalar(String tag, long step, double value) {
        summary(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
    }

    /** The distribution of the values, all finite. */
    public void histogram(String tag, long step, float[] values) {
        summary(step, Summary.Value.newBuilder().setTag(tag).setHisto(Histogram.of(values)));
    }

    /** A picture, kept without loss. */
    public void image(String tag, long step, BufferedImage image) {
        Summary.Image proto = Summary.Image.newBuilder()
                .setWidth(image.getWidth())
                .setHeight(image.getHeight())
                .setColorspace(image.getColorModel().getNumComponents())
                .setEncodedImageString(ByteString.copyFrom(png(image)))
                .build();
        summary(step, Summary.Value.newBuilder().setTag(tag).setImage(proto));
    }

    /** What the run was set to: numbers, booleans, and everything else as its text. */
    public void hyperParameters(Map<String, ?> values) {
        TensorProto empty = TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addFloatVal(0)
                .build();
        summary(
                0,
                Summary.Value.newBuilder()
                        .setTag(HyperParameters.TAG)
                        .setMetadata(HyperParameters.metadata(values, seconds()))
                        .setTensor(empty));
    }

    /** Hands everything written so far to readers. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void summary(long step, Summary.Value.Builder value) {
        Summary summary = Summary.newBuilder().addValue(value).build();
        write(event -> {
            event.writeInt64(STEP, step);
            event.writeMessage(SUMMARY, summary);
        });
    }

    private void write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream event = CodedOutputStream.newInstance(bytes);
            event.writeDouble(WALL_TIME, seconds());
            fields.writeTo(event);
            event.flush();
            RecordFraming.write(out, bytes.toByteArray());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private double seconds() {
        return clock.millis() / 1e3;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an image as PNG", e);
        }
        return bytes.toByteArray();
    }

    private FileException failure(IOException e) {
        return new FileException("write TensorBoard events to", path, e);
    }

    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream event) throws IOException;
    }
}
