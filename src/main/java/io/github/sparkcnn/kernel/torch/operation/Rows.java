package io.github.sparkcnn.kernel.torch.operation;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Images {@code [n, channels, height, width]} as rows {@code [n, features]}, in c order. */
public final class Rows {

    private Rows() {}

    /** Rows stay what they are. */
    public static Tensor of(Tensor values) {
        return values.flatten(1, -1);
    }

    /** All as images, or all as rows where one of them is: a global pooling's images of one pixel are rows for Deeplearning4j. */
    static List<Tensor> alike(List<Tensor> values) {
        boolean images = values.stream().allMatch(value -> value.dim() == 4);
        return images ? values : values.stream().map(Rows::of).toList();
    }
}
