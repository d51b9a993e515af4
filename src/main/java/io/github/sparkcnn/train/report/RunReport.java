package io.github.sparkcnn.train.report;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.eval.ClassScores;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.explain.EvidencePicture;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.report.Report;
import io.github.sparkcnn.track.report.ReportPage;
import io.github.sparkcnn.track.report.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@code report.html} of a run: what it came to, how, and where it was wrong. */
public final class RunReport {

    /** Misclassified images that the page shows. */
    public static final int MISTAKES = 12;

    /** Test images that it shows, whatever the network says of them, where none are chosen. */
    static final int SAMPLES = 12;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String network;
    private final Configuration configuration;
    private final Manifest manifest;
    private final List<String> names;

    /**
     * Of a run that is described like this.
     *
     * @param network its title
     * @param names of the classes
     */
    public RunReport(String network, Configuration configuration, Manifest manifest, List<String> names) {
        this.network = network;
        this.configuration = configuration;
        this.manifest = manifest;
        this.names = names;
    }

    /**
     * The page in HTML.
     *
     * @param steps points of the loss within them, if there are any
     * @param samples the first test images, where there are any, or those that are chosen
     * @param evaluation of the saved model on them
     * @param explanations of both kinds of images
     * @param status of a run that has not come to its end
     */
    public String page(
            List<EpochMetrics> epochs,
            List<StepMetrics> steps,
            Optional<PackedImages> samples,
            Optional<Evaluation> evaluation,
            Explanations explanations,
            Optional<Status> status) {
        Report report = new Report(
                network + " on " + configuration.data().train(),
                subtitle(),
                epochs,
                steps,
                evaluation.map(Evaluation::report).map(RunReport::evaluation),
                samples.map(images -> samples(images, explanations.samples())).orElse(List.of()),
                evaluation
                        .map(of -> mistakes(of.mistakes(), explanations.mistakes()))
                        .orElse(List.of()),
                manifest.seconds(),
                texts(configuration.flat()),
                environment());
        return ReportPage.render(report, status);
    }

    private String subtitle() {
        Manifest.Workers workers = manifest.workers();
        return TIME.format(Instant.now()) + ", " + workers.master() + ", "
                + configuration.training().strategy().word() + ", "
                + (workers.count() == 1 ? "1 worker" : workers.count() + " workers");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(manifest.versions());
        if (manifest.backend() != null) { // known when the run has ended
            environment.put("backend", manifest.backend().toString());
        }
        environment.put("git commit", manifest.gitCommit());
        return environment;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private static Report.Evaluation evaluation(EvaluationReport report) {
        return new Report.Evaluation(
                report.classification().accuracy(),
                report.classification().classes().stream()
                        .map(RunReport::scores)
                        .toList(),
                List.of(
                        scores(report.classification().macro()),
                        scores(report.classification().weighted())),
                Arrays.stream(report.confusion().counts())
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    private static Report.Scores scores(ClassScores scores) {
        return new Report.Scores(scores.name(), scores.precision(), scores.recall(), scores.f1(), scores.support());
    }

    private List<Report.Picture> samples(PackedImages images, List<Evidence> evidence) {
        boolean areChosen = configuration.tracking().explain().isPresent();
        return IntStream.range(0, areChosen ? images.size() : Math.min(SAMPLES, images.size()))
                .mapToObj(i -> {
                    String caption = sampleCaption(images.label(i), at(evidence, i));
                    String numbered = areChosen ? "image " + images.indices()[i] + ": " + caption : caption;
                    return picture(images, i, numbered, at(evidence, i));
                })
                .toList();
    }

    private List<Report.Picture> mistakes(List<Mistake> mistakes, List<Evidence> evidence) {
        return IntStream.range(0, mistakes.size())
                .mapToObj(i -> {
                    Mistake mistake = mistakes.get(i);
                    String caption = caption(mistake.label(), mistake.predicted(), mistake.probability());
                    return picture(mistake.image(), 0, caption, at(evidence, i));
                })
                .toList();
    }

    private static Optional<Evidence> at(List<Evidence> evidence, int i) {
        return i < evidence.size() ? Optional.of(evidence.get(i)) : Optional.empty();
    }

    /** What a sample was taken for is said where it is wrong: the evidence is of that class. */
    private String sampleCaption(int label, Optional<Evidence> evidence) {
        return evidence.filter(of -> of.label() != label)
                .map(of -> caption(label, of.label(), of.probability()))
                .orElseGet(() -> names.get(label));
    }

    private String caption(int label, int predicted, float probability) {
        return String.format(Locale.ROOT, "%s → %s %.0f %%", names.get(label), names.get(predicted), 100 * probability);
    }

    private Report.Picture picture(PackedImages images, int index, String caption, Optional<Evidence> evidence) {
        return new Report.Picture(
                ContactSheet.png(ContactSheet.image(images, index)),
                caption,
                evidence.map(of -> new Report.Explained(
                        ContactSheet.png(EvidencePicture.draw(images, index, of)), of.text(names.get(of.label())))));
    }
}
