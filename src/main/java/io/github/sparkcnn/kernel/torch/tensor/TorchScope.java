package io.github.sparkcnn.kernel.torch.tensor;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Frees, when it closes, what this thread has made of libtorch's since it was opened. Only of libtorch's: a plain scope of JavaCPP's
 * would take what ND4J makes meanwhile, and keeps for later, with it.
 */
public final class TorchScope extends PointerScope {
    private static final String LIBTORCH = "org.bytedeco.pytorch";

    @Override
    public PointerScope attach(Pointer pointer) {
        if (!pointer.getClass().getPackageName().equals(LIBTORCH)) {
            throw new IllegalArgumentException(
                    "not libtorch's: " + pointer.getClass()); // JavaCPP tries the scope around
        }
        return super.attach(pointer);
    }

    /** Takes memory of the caller's own into the innermost scope, which is one of these. */
    static <P extends Pointer> P holding(P memory) {
        ((TorchScope) PointerScope.getInnerScope()).take(memory);
        return memory;
    }

    private void take(Pointer memory) {
        super.attach(memory);
    }

    /** Leaves all that it has to the one who closes it once more. */
    @Override
    public TorchScope extend() {
        super.extend();
        return this;
    }
}
