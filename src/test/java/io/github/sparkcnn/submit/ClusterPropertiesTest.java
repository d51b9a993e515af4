package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers in conf/spark that have to agree with each other. */
class ClusterPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "standalone-gpu", "yarn", "yarn-gpu"})
    void anExecutorIsOneTrainingTask(String name) throws IOException {
        Properties conf = read(name);

        assertThat(conf.getProperty("spark.task.cpus"))
                .isEqualTo(conf.getProperty("spark.executor.cores"))
                .isEqualTo(conf.getProperty("spark.executorEnv.OMP_NUM_THREADS"));
        assertThat(conf.getProperty("spark.dynamicAllocation.enabled")).isEqualTo("false");
        assertThat(conf.getProperty("spark.executor.resource.gpu.amount"))
                .isEqualTo(conf.getProperty("spark.task.resource.gpu.amount"))
                .isEqualTo(name.endsWith("-gpu") ? "1" : null);
        assertThat(conf.getProperty("spark.executorEnv.CUDA_DEVICE_ORDER"))
                .isEqualTo(name.endsWith("-gpu") ? "PCI_BUS_ID" : null);
    }

    /** Nobody kills a process of a standalone cluster for its memory. */
    @ParameterizedTest
    @ValueSource(strings = {"standalone", "standalone-gpu"})
    void anExecutorOfAStandaloneClusterMayHaveItsHeapAndItsOverhead(String name) throws IOException {
        Properties conf = read(name);

        assertThat(physical(conf, "executor")).isEqualTo(heapAndOverhead(conf, "executor"));
    }

    /** YARN kills a container above the sum; the garbage collector has to be made to free arrays before. */
    @ParameterizedTest
    @ValueSource(strings = {"yarn", "yarn-gpu"})
    void aContainerIsNotKilledForItsArrays(String name) throws IOException {
        Properties conf = read(name);

        for (String role : new String[] {"driver", "executor"}) {
            assertThat(physical(conf, role)).isLessThan(heapAndOverhead(conf, role));
        }
    }

    @Test
    void aDriverOnAStandaloneWorkerHasWhatSubmittingAddsElsewhere() throws IOException {
        for (String name : new String[] {"standalone", "standalone-gpu"}) {
            assertThat(read(name).getProperty("spark.driver.extraJavaOptions"))
                    .endsWith(JavaModuleOptions.defaultModuleOptions());
        }
    }

    private static long heapAndOverhead(Properties conf, String role) {
        return bytes(conf, "spark." + role + ".memory") + bytes(conf, "spark." + role + ".memoryOverhead");
    }

    private static long physical(Properties conf, String role) {
        return JavaUtils.byteStringAsBytes(
                javaProperty(conf, "spark." + role + ".extraJavaOptions", "maxphysicalbytes"));
    }

    private static long bytes(Properties conf, String key) {
        return JavaUtils.byteStringAsBytes(conf.getProperty(key));
    }

    private static String javaProperty(Properties conf, String key, String name) {
        return conf.getProperty(key).replaceAll(".*-Dorg\\.bytedeco\\.javacpp\\." + name + "=(\\S+).*", "$1");
    }

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("conf/spark", name + ".properties"))) {
            properties.load(in);
        }
        return properties;
    }
}
