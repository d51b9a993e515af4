package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.Draw;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import io.github.sparkcnn.kernel.step.Step.Noise.Kind;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;

/** Values times factors plus summands that are drawn anew for every pass; row-major, whatever the layout before. */
public final class Noise extends Operation implements Draw {
    private final NoiseSource source;
    private FloatBuffer factors;
    private FloatBuffer summands;

    public Noise(OneDnn dnn, Kind kind, double amount) {
        super(dnn);
        source = new NoiseSource(kind, amount);
    }

    public Tensor build(Tensor input) {
        if (source.isOfMaps() && !input.isImages()) {
            throw new UnsupportedShape("maps of rows are dropped");
        }
        memory.desc plain = OneDnn.plain(input.dims());
        Tensor output = Tensor.like(dnn, input.dims(), plain, input.needsGradient());
        memory values = output.data();
        forward(dnn.reorder(input.data(), values, 1));
        memory byFactors = source.hasFactors() ? dnn.allocate(plain) : null;
        if (byFactors != null) {
            factors = dnn.floats(byFactors).asBuffer();
            forward(Pairwise.product(dnn, values, byFactors, values));
        }
        if (source.hasSummands()) {
            memory plus = dnn.allocate(plain);
            summands = dnn.floats(plus).asBuffer();
            forward(Pairwise.sum(dnn, values, plus, values, null));
        }
        if (input.needsGradient()) {
            if (byFactors != null) {
                backward(Pairwise.product(dnn, output.gradient(), byFactors, output.gradient()));
            }
            backward(dnn.reorder(output.gradient(), input.gradient(), 1));
        }
        long[] dims = input.dims();
        source.prepare((int) input.size(), input.isImages() ? (int) (dims[2] * dims[3]) : 1);
        return output;
    }

    @Override
    public void draw(long seed) {
        source.draw(seed);
        if (factors != null) {
            factors.put(0, source.factors());
        }
        if (summands != null) {
            summands.put(0, source.summands());
        }
    }
}
