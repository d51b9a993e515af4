package io.github.sparkcnn.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {

    @Test
    void namesTheFirstWorkerThatComputesOnLessThanTheDriver() {
        List<String> notices = new ArrayList<>();
        DeviceWatch devices = new DeviceWatch(notices::add);
        List<WorkerDevice> workers = List.of(
                new WorkerDevice(0, "a", "1", backend(""), null),
                new WorkerDevice(1, "b", "2", backend("oneDNN did not load"), null),
                new WorkerDevice(2, "c", "3", backend("oneDNN did not load"), null));
        TrainedEpoch epoch = new TrainedEpoch(1, 1, List.of(), 1, List.of(), workers, List.of());

        devices.driver(backend(""));
        devices.epochTrained(epoch, 1);
        devices.epochTrained(epoch, 1);

        assertThat(notices)
                .containsExactly(
                        "Warning: worker 1 on b (executor 2) does not call oneDNN directly: oneDNN did not load;"
                                + " Deeplearning4j's layers run instead");
        assertThat(devices.last()).isEqualTo(workers);
    }

    @Test
    void saysOnceWhatIsNotAsUsual() {
        List<String> notices = new ArrayList<>();
        DeviceWatch devices = new DeviceWatch(notices::add);
        BackendReport noted = backend("").noting("products in bf16");
        List<WorkerDevice> workers = List.of(new WorkerDevice(0, "a", "1", noted.noting("a cold"), null));

        devices.driver(noted);
        devices.epochTrained(new TrainedEpoch(1, 1, List.of(), 1, List.of(), workers, List.of()), 1);

        assertThat(notices)
                .containsExactly(
                        "Note: the driver has products in bf16", "Note: worker 0 on a (executor 1) has a cold");
    }

    private static BackendReport backend(String shortfall) {
        return new BackendReport("CPU", "avx2", KernelKind.ONEDNN, "3.11.0", 2, shortfall);
    }
}
