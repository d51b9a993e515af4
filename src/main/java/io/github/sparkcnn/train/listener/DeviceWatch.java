package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Watches what driver and workers of a run compute on; says once of each reason if that is less than it should be, or otherwise than usual. */
public final class DeviceWatch implements TrainingListener {

    private final Consumer<String> notice;
    private final Set<String> told = new HashSet<>();
    private BackendReport driver;
    private List<WorkerDevice> last = List.of();

    /** @param notice hears the warnings */
    public DeviceWatch(Consumer<String> notice) {
        this.notice = notice;
    }

    /** The driver's replica is open. */
    public void driver(BackendReport backend) {
        driver = backend;
        tell("the driver", backend);
    }

    /** What the driver's replica computes on. */
    public BackendReport driver() {
        return driver;
    }

    @Override
    public void epochTrained(TrainedEpoch trained, double seconds) {
        last = trained.devices();
        last.forEach(device -> tell(device.toString(), device.backend()));
    }

    private void tell(String who, BackendReport backend) {
        if (told.add(backend.shortfall())) {
            backend.warning(who).ifPresent(notice);
        }
        backend.notes().stream()
                .filter(told::add)
                .map(note -> "Note: " + who + " has " + note)
                .forEach(notice);
    }

    /** Those of the workers in the last epoch. */
    public List<WorkerDevice> last() {
        return last;
    }
}
