package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.device.Device;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A GPU that is not there is found before Spark starts, whose own failure would be pages long. */
class SparkApplicationTest {

    private static final String MASTER = "spark.master";
    private static final Device A100 = Device.parse("0, GPU-a, A100, 8.0, 580.95.05");
    private static final Device ANOTHER = Device.parse("1, GPU-b, A100, 8.0, 580.95.05");

    private String before;

    @BeforeEach
    void remember() {
        before = System.getProperty(MASTER);
    }

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty(MASTER);
        } else {
            System.setProperty(MASTER, before);
        }
    }

    @Test
    void refusesCudaOnAMachineWithoutADevice() {
        assertThatThrownBy(() -> on("local[2]", "cuda"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use device.backend = cuda: this machine has no usable CUDA device");
        assertThatCode(() -> on("local[2]", "cpu")).doesNotThrowAnyException();
    }

    @Test
    void aDriverWhoseExecutorsHaveTheGpusNeedsNone() {
        assertThatCode(() -> on("spark://127.0.0.1:7077", "cuda")).doesNotThrowAnyException();
    }

    @Test
    void onALocalMasterThereIsNobodyToChooseBetweenDevices() {
        assertThatThrownBy(() -> on("local", "cuda", A100, ANOTHER)).hasMessageContaining("2 are visible");
        assertThatThrownBy(() -> on("local[*]", "cuda", A100))
                .hasMessageStartingWith(
                        "Cannot use device.backend = cuda: for GPU 0 (A100, compute capability 8.0, driver 580.95)"
                                + " libtorch needs pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar");
        assertThatCode(() -> on("local-cluster[2,1,1024]", "cuda", A100, ANOTHER))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATableThatWouldBeForgotten() {
        SparkConf conf = new SparkConf(false);
        assertThatThrownBy(() -> SparkApplication.requireLastingCatalogue(conf, "db.predictions"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot write predictions to table db.predictions: Spark's catalogue is in memory and ends with"
                                + " the command. Give Spark a catalogue that lasts, e.g. spark.sql.catalogImplementation=hive, or"
                                + " name a folder with --output.");
        conf.set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
        assertThatCode(() -> SparkApplication.requireLastingCatalogue(conf, "lake.db.predictions"))
                .doesNotThrowAnyException();
        conf.set("spark.sql.catalogImplementation", "hive");
        assertThatCode(() -> SparkApplication.requireLastingCatalogue(conf, "predictions"))
                .doesNotThrowAnyException();
    }

    private static void on(String master, String backend, Device... devices) {
        System.setProperty(MASTER, master);
        DeviceConfig device = ConfigurationReader.read("test", "device.backend = " + backend, List.of())
                .device();
        new SparkApplication("test").on(device, () -> List.of(devices), Optional.empty());
    }
}
