package io.github.sparkcnn.kernel.torch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the user is told where libtorch does not load. */
class LibtorchTest {

    @Test
    void saysInOneLineWhatIsMissingAndWhereItIs() {
        LinkageError unloaded = new NoClassDefFoundError("org.bytedeco.pytorch.global.torch");
        unloaded.initCause(
                new UnsatisfiedLinkError("Could not find jnitorch in class, module, and library paths.\nmore"));

        assertThat(Libtorch.failure(unloaded, false))
                .hasMessage("Cannot load libtorch: Could not find jnitorch in class, module, and library paths. Add the"
                        + " jars in target/torch of mvn package with --jars, or set device.engine = auto.");
        assertThat(Libtorch.failure(unloaded, true))
                .hasMessageEndingWith(
                        " library paths. Add all jars in target/gpu with --jars and install CUDA 13, or set"
                                + " device.backend = cpu.");
    }
}
