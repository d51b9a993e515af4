package io.github.sparkcnn.train;

import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.StepsFile;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.train.listener.DeviceWatch;
import io.github.sparkcnn.train.report.Explanations;
import io.github.sparkcnn.train.report.RunReport;
import io.github.sparkcnn.train.strategy.ReplicaOptions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** What a run leaves in its folder when it ends: the model, the report, and the manifest. */
record FinalFiles(
        RunFolder folder,
        StepsFile steps,
        String network,
        Configuration configuration,
        Origin origin,
        JavaSparkContext spark,
        TrainingImages images,
        Phases phases,
        DeviceWatch devices) {

    /** Writes all of them; the manifest last: it says that the run has come to its end. */
    void write(Network trained, List<EpochMetrics> epochs, Optional<Evaluation> evaluation) {
        phases.time("save", () -> folder.writeModel(trained, images.card(network, configuration)));
        Optional<PackedImages> samples = images.test().map(TestImages::samples);
        Explanations explanations = evaluation
                .map(of -> phases.time("explain", () -> explain(trained, of.mistakes(), samples)))
                .orElse(Explanations.NONE);
        Manifest manifest = manifest(epochs);
        RunReport report =
                new RunReport(network, configuration, manifest, images.classes().names());
        folder.writeReport(report.page(epochs, steps.read(), samples, evaluation, explanations, Optional.empty()));
        folder.writeManifest(manifest);
    }

    private Explanations explain(Network trained, List<Mistake> mistakes, Optional<PackedImages> samples) {
        Explanations.Model model = new Explanations.Model(
                () -> Engines.open(trained, images.shape(), ReplicaOptions.ofDriverThatPredicts(configuration)),
                images.scale(),
                images.classes().size());
        return configuration.tracking().explain().isPresent()
                ? Explanations.ofChosen(model, samples.orElseThrow(), mistakes)
                : Explanations.of(model, mistakes, samples);
    }

    /** Writes the model that a run which diverged falls back on, and the manifest. */
    void writeFallback(Network trained, List<EpochMetrics> epochs) {
        folder.writeModel(trained, images.card(network, configuration));
        folder.writeManifest(manifest(epochs));
    }

    private Manifest manifest(List<EpochMetrics> epochs) {
        int workers = images.workers();
        BatchSize batch = configuration.training().batch();
        return new Manifest(
                configuration.effective(),
                new Manifest.Begun(origin.keys(), origin.network(), origin.images()),
                configuration.training().seed(),
                Versions.gitCommit(),
                origin.data(),
                Versions.all(spark.version()),
                devices.driver(),
                devices.last(),
                new Manifest.Workers(
                        configuration.training().strategy().name(),
                        workers,
                        epochs.stream().map(EpochMetrics::workers).toList(),
                        spark.master(),
                        batch.ofEach(workers),
                        batch.ofAll(workers)),
                phases.seconds(),
                phases.epochs());
    }
}
