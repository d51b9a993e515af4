package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochRecorderTest {

    private static final BackendReport BACKEND = new BackendReport("CPU", "avx2", KernelKind.ONEDNN, "3.11.0", 2, "");

    private final EpochRecorder recorder = new EpochRecorder();

    @Test
    void theLargestExecutorOfAnyEpochCounts() {
        train(300L, 900L);
        train(400L, 800L);

        assertThat(recorder.peakMemoryBytes(500)).isEqualTo(900);
    }

    @Test
    void theDriverCountsWhereItIsLarger() {
        train(300L, null);

        assertThat(recorder.peakMemoryBytes(500)).isEqualTo(500);
    }

    private void train(Long... peaks) {
        List<WorkerDevice> devices = Arrays.stream(peaks)
                .map(peak -> new WorkerDevice(0, "host", "1", BACKEND, peak))
                .toList();
        recorder.epochTrained(new TrainedEpoch(1, 1, List.of(), 1, List.of(), devices, List.of()), 1);
    }
}
