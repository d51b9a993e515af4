package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.MetricsFile;
import java.util.List;

/** Adds every epoch's line to {@code metrics.jsonl}. */
public final class MetricsListener implements TrainingListener {

    private final MetricsFile file;

    private MetricsListener(MetricsFile file) {
        this.file = file;
    }

    /**
     * Goes on behind the epochs that need not be trained: where there are any, their lines take the place of what is there.
     */
    public static MetricsListener behind(List<EpochMetrics> before, MetricsFile file) {
        if (!before.isEmpty()) {
            file.rewrite(before);
        }
        return new MetricsListener(file);
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        file.add(metrics);
    }
}
