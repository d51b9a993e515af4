package io.github.sparkcnn.eval;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.nio.ByteBuffer;
import java.util.List;

/** What a worker says that its test images came to. */
public record FuzzedEvaluation() implements OutsideReader {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int MISTAKES = 4;

    @Override
    public String name() {
        return "work-evaluation";
    }

    @Override
    public List<byte[]> seeds() {
        PartialEvaluation part = evaluation();
        part.sums().add(new float[] {0.5f, 0.25f, 0.25f, 0.1f, 0.1f, 0.8f}, new int[] {1, 2}, 2);
        part.add(mistake(9));
        part.add(mistake(3));
        byte[] whole = bytes(part::write);
        byte[] endless = whole.clone();
        int count = whole.length - Integer.BYTES - 2 * Mistake.bytes(SHAPE);
        ByteBuffer.wrap(endless).putInt(count, Integer.MAX_VALUE);
        return List.of(
                whole, endless, bytes(out -> PartialEvaluation.write(new NotANumberException("it predicts NaN"), out)));
    }

    private static PartialEvaluation evaluation() {
        return new PartialEvaluation(NAMES.size(), MISTAKES);
    }

    private static Mistake mistake(int index) {
        return new Mistake(new PackedImages(SHAPE, new int[] {1}, new byte[4], new int[] {index}), 0, 0.5f);
    }

    private static byte[] bytes(Message.Fields fields) {
        ByteBuffer written = Message.bytes(fields);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    @Override
    public void read(byte[] input) {
        PartialEvaluation all = evaluation();
        try {
            Message.read(ByteBuffer.wrap(input), in -> {
                all.merge(in, SHAPE);
                return all;
            });
        } catch (NotANumberException e) { // a result: the run has diverged
            return;
        } catch (IllegalArgumentException e) {
            throw new UserException("take a report", Visible.firstLine(e), "Send another");
        }
        all.evaluation(NAMES);
    }
}
