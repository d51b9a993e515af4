package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders a report as one HTML page with everything in it: styles, curves, images; no script, nothing to fetch. */
public final class ReportPage {
    private final Report report;
    private final List<String> sections = new ArrayList<>();

    private ReportPage(Report report) {
        this.report = report;
    }

    /** The page, HTML and well-formed XML, to be written in UTF-8. */
    public static String render(Report report) {
        return new ReportPage(report).page();
    }

    private String page() {
        if (!report.epochs().isEmpty()) {
            EpochSection epochs = new EpochSection(report.epochs());
            sections.add(epochs.headline());
            section("Training", epochs.curves() + details("Every epoch in figures", epochs.table()));
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
            section("Where the time went", phases());
        }
        values("Configuration", report.configuration());
        values("Environment", report.environment());
        return document();
    }

    private String document() {
        String head = empty("meta", "charset=\"utf-8\"")
                + empty("meta", "name=\"viewport\" content=\"width=device-width, initial-scale=1\"")
                + empty("meta", "name=\"color-scheme\" content=\"light dark\"")
                + tag("title", text(report.title()))
                + tag("style", style());
        String header = tag("header", tag("h1", text(report.title())) + tag("p", text(report.subtitle())));
        return "<!DOCTYPE html>\n"
                + tag(
                        "html",
                        "lang=\"en\"",
                        tag("head", head) + "\n" + tag("body", tag("main", header + String.join("\n", sections))))
                + "\n";
    }

    private void section(String title, String content) {
        sections.add(tag("section", tag("h2", text(title)) + content));
    }

    private void values(String title, Map<String, String> values) {
        if (!values.isEmpty()) {
            section(title, Tables.of(values));
        }
    }

    private void pictures(String title, List<Report.Picture> pictures) {
        if (!pictures.isEmpty()) {
            String figures = pictures.stream().map(ReportPage::picture).collect(Collectors.joining("\n"));
            section(title, tag("div", "class=\"pictures\"", figures));
        }
    }

    private static String picture(Report.Picture picture) {
        String data = Base64.getEncoder().encodeToString(picture.png());
        String caption = text(picture.caption());
        return tag(
                "figure",
                empty("img", "src=\"data:image/png;base64," + data + "\" alt=\"" + caption + "\"")
                        + tag("figcaption", caption));
    }

    private String phases() {
        double longest = report.phaseSeconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        String rows = report.phaseSeconds().entrySet().stream()
                .map(phase -> tag(
                        "tr",
                        tag("th", "scope=\"row\"", text(phase.getKey()))
                                + tag("td", Seconds.text(phase.getValue()))
                                + tag("td", "class=\"bar\"", bar(phase.getValue(), longest))))
                .collect(Collectors.joining("\n"));
        return tag("table", "class=\"phases\"", tag("tbody", rows));
    }

    private static String bar(double seconds, double longest) {
        double share = longest > 0 ? 100 * seconds / longest : 0;
        return tag("div", number("style=\"width:%.1f%%\"", share), "");
    }

    private static String details(String summary, String content) {
        return tag("details", tag("summary", text(summary)) + content);
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report.css of this jar", e);
        }
    }
}
