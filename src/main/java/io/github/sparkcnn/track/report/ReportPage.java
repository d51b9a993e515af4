package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders a report as one HTML page with everything in it: styles, curves, images; no script, nothing to fetch. */
public final class ReportPage {

    /** Of what is below an image. */
    private static final String LEGEND = tag(
            "p",
            "class=\"legend\"",
            tag("span", "class=\"key for\"", "speaks for the class that the network said: covered, it is less probable")
                    + tag("span", "class=\"key against\"", "speaks against it: covered, it is more probable"));

    private static final String METHOD = tag(
            "p",
            "Below an image: a patch of its mean colour, a quarter as high and wide as the image, was slid over it. The"
                    + " strongest colour is the largest change in that image, or five points of the probability where"
                    + " all are smaller.");

    private final Report report;
    private final Optional<Status> status;
    private final List<String> sections = new ArrayList<>();

    private ReportPage(Report report, Optional<Status> status) {
        this.report = report;
        this.status = status;
    }

    /** The page, HTML and well-formed XML, to be written in UTF-8. */
    public static String render(Report report) {
        return render(report, Optional.empty());
    }

    /** The same of a run that has not come to its end. */
    public static String render(Report report, Optional<Status> status) {
        return new ReportPage(report, status).page();
    }

    private String page() {
        if (!report.epochs().isEmpty()) {
            EpochSection epochs = new EpochSection(report.epochs(), report.steps());
            sections.add(epochs.headline());
            section(
                    "Training",
                    epochs.curves() + Tables.folded("Every epoch in figures", epochs.table()) + epochs.stepsTable());
        }
        report.evaluation().map(EvaluationSection::new).ifPresent(evaluation -> {
            section("Classification report", evaluation.scores());
            section(
                    "Confusion matrix",
                    tag("p", "Rows are the true classes, columns what the network said.") + evaluation.confusion());
        });
        pictures("Sample images", report.samples());
        pictures("Misclassified images", report.misclassified());
        if (!report.phaseSeconds().isEmpty()) {
            section("Where the time went", new TimeSection(report.phaseSeconds()).table());
        }
        values("Configuration", report.configuration());
        values("Environment", report.environment());
        return Document.of(report.title(), report.subtitle(), status, sections);
    }

    private void section(String title, String content) {
        sections.add(Document.section(title, content));
    }

    private void values(String title, Map<String, String> values) {
        if (!values.isEmpty()) {
            section(title, Tables.of(title, values));
        }
    }

    private void pictures(String title, List<Report.Picture> pictures) {
        if (!pictures.isEmpty()) {
            boolean isExplained =
                    pictures.stream().anyMatch(picture -> picture.explained().isPresent());
            String figures = pictures.stream().map(ReportPage::picture).collect(Collectors.joining("\n"));
            section(title, (isExplained ? LEGEND + method() : "") + tag("div", "class=\"pictures\"", figures));
        }
    }

    /** Told once. */
    private String method() {
        return sections.stream().anyMatch(section -> section.contains(METHOD)) ? "" : METHOD;
    }

    private static String picture(Report.Picture picture) {
        String images = image(picture.png(), picture.caption())
                + picture.explained()
                        .map(explained -> image(explained.png(), explained.text()))
                        .orElse("");
        return tag("figure", images + tag("figcaption", text(picture.caption())));
    }

    private static String image(byte[] png, String said) {
        String data = Base64.getEncoder().encodeToString(png);
        return empty("img", "src=\"data:image/png;base64," + data + "\" alt=\"" + text(said) + "\"");
    }
}
