package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Takes down how a run was made. */
final class Manifests {

    private Manifests() {}

    static Manifest of(
            Configuration configuration,
            TrainingImages images,
            JavaSparkContext spark,
            Phases phases,
            BackendReport backend,
            List<WorkerDevice> devices) {
        return new Manifest(
                configuration.effective(),
                configuration.training().seed(),
                Versions.gitCommit(),
                images.files(),
                Versions.all(spark.version()),
                backend,
                devices,
                new Manifest.Workers(
                        configuration.training().strategy().name(),
                        images.shares().workers(),
                        spark.master()),
                phases.seconds(),
                phases.epochs());
    }
}
