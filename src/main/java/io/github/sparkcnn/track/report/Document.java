package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A page with everything in it; no script, nothing to fetch. */
final class Document {

    private Document() {}

    /**
     * The whole page, HTML and well-formed XML.
     *
     * @param status of a run that has not come to its end
     */
    static String of(String title, String subtitle, Optional<Status> status, List<String> sections) {
        String head = empty("meta", "charset=\"utf-8\"")
                + status.map(Document::refresh).orElse("")
                + empty("meta", "name=\"viewport\" content=\"width=device-width, initial-scale=1\"")
                + empty("meta", "name=\"color-scheme\" content=\"light dark\"")
                + empty("link", "rel=\"icon\" href=\"data:,\"") // else browsers ask the server for one
                + tag("title", text(title))
                + tag("style", style());
        String header = tag(
                "header",
                tag("h1", text(title))
                        + tag("p", text(subtitle))
                        + status.map(Document::said).orElse(""));
        return "<!DOCTYPE html>\n"
                + tag(
                        "html",
                        "lang=\"en\"",
                        tag("head", head) + "\n" + tag("body", tag("main", header + String.join("\n", sections))))
                + "\n";
    }

    private static String refresh(Status status) {
        return status.reloadSeconds().isEmpty()
                ? ""
                : empty(
                        "meta",
                        number(
                                "http-equiv=\"refresh\" content=\"%d\"",
                                status.reloadSeconds().getAsInt()));
    }

    private static String said(Status status) {
        return tag("p", "class=\"status\" role=\"status\"", text(status.text()));
    }

    static String section(String title, String content) {
        return tag("section", tag("h2", text(title)) + content);
    }

    private static String style() {
        try (InputStream in = Document.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report.css of this jar", e);
        }
    }
}
