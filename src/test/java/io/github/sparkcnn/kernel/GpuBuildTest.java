package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What JavaCPP is told before it looks for a build's natives. */
class GpuBuildTest {
    private static final String EXTENSION = "platform.extension";

    private Properties properties;
    private String before;

    @BeforeEach
    void remember() {
        Kernels.wake(); // ND4J's say theirs
        properties = Loader.loadProperties();
        before = properties.getProperty(EXTENSION);
    }

    @AfterEach
    void putBack() {
        if (before == null) {
            properties.remove(EXTENSION);
        } else {
            properties.setProperty(EXTENSION, before);
        }
    }

    @Test
    void libtorchsIsAnExtensionOfItsOwn() {
        assertThat(before).isNotEqualTo("-gpu");

        GpuBuild.TORCH.letBeFound();

        assertThat(Loader.loadProperties().getProperty(EXTENSION)).isEqualTo("-gpu");
    }

    @Test
    void nd4jHasToldItsOwnAlready() {
        GpuBuild.ND4J.letBeFound();

        assertThat(Loader.loadProperties().getProperty(EXTENSION)).isEqualTo(before);
    }
}
