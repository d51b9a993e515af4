package io.github.sparkcnn.train;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What driver and workers of a run compute on; says once of each reason if that is less than it should be. */
final class WorkerDevices {

    private final Consumer<String> notice;
    private final Set<String> told = new HashSet<>();
    private List<WorkerDevice> last = List.of();

    WorkerDevices(Consumer<String> notice) {
        this.notice = notice;
    }

    void driver(BackendReport backend) {
        tell("the driver", backend);
    }

    void epochTrained(List<WorkerDevice> devices) {
        last = devices;
        devices.forEach(device -> tell(device.toString(), device.backend()));
    }

    private void tell(String who, BackendReport backend) {
        if (told.add(backend.shortfall())) {
            backend.warning(who).ifPresent(notice);
        }
    }

    /** Those of the last epoch. */
    List<WorkerDevice> last() {
        return last;
    }
}
