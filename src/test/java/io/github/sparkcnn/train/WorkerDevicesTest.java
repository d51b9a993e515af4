package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerDevicesTest {

    @Test
    void namesTheFirstWorkerThatComputesOnLessThanTheDriver() {
        List<String> notices = new ArrayList<>();
        WorkerDevices devices = new WorkerDevices(notices::add);
        List<WorkerDevice> workers = List.of(
                new WorkerDevice(0, "a", "1", backend(""), null),
                new WorkerDevice(1, "b", "2", backend("oneDNN did not load"), null),
                new WorkerDevice(2, "c", "3", backend("oneDNN did not load"), null));

        devices.driver(backend(""));
        devices.epochTrained(workers);
        devices.epochTrained(workers);

        assertThat(notices)
                .containsExactly(
                        "Warning: worker 1 on b (executor 2) does not call oneDNN directly: oneDNN did not load;"
                                + " Deeplearning4j's layers run instead");
        assertThat(devices.last()).isEqualTo(workers);
    }

    private static BackendReport backend(String shortfall) {
        return new BackendReport("CPU", "avx2", KernelKind.ONEDNN, "3.11.0", 2, shortfall);
    }
}
