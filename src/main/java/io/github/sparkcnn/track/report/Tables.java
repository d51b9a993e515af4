package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of figures, and of names with values; wider than the page, they can be scrolled with the keyboard too. */
final class Tables {

    private Tables() {}

    /**
     * Figures.
     *
     * @param name for who does not see the page
     */
    static String of(String name, List<String> head, List<List<String>> rows) {
        String body = rows.stream().map(Tables::row).collect(Collectors.joining("\n"));
        return scrolled(name, tag("table", "class=\"figures\"", caption(name) + head(head) + tag("tbody", body)));
    }

    /** Names with values. */
    static String of(String name, Map<String, String> values) {
        String rows = values.entrySet().stream()
                .map(entry -> tag(
                        "tr",
                        tag("th", "scope=\"row\"", text(entry.getKey()))
                                + tag("td", tag("code", text(entry.getValue())))))
                .collect(Collectors.joining("\n"));
        return scrolled(name, tag("table", "class=\"values\"", caption(name) + tag("tbody", rows)));
    }

    static String head(List<String> cells) {
        return tag(
                "thead",
                tag(
                        "tr",
                        cells.stream()
                                .map(cell -> tag("th", "scope=\"col\"", text(cell)))
                                .collect(Collectors.joining())));
    }

    /** Around a table that may be too wide. */
    static String scrolled(String name, String table) {
        return tag("div", "class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + text(name) + "\"", table);
    }

    static String caption(String name) {
        return tag("caption", text(name));
    }

    /** Shown when it is asked for, and printed always. */
    static String folded(String summary, String content) {
        return tag("details", tag("summary", text(summary)) + content);
    }

    /** Shown when it is asked for, and too long for paper. */
    static String foldedLong(String summary, String content) {
        return tag("details", "class=\"long\"", tag("summary", text(summary)) + content);
    }

    private static String row(List<String> cells) {
        String first = tag("th", "scope=\"row\"", text(cells.get(0)));
        String others =
                cells.stream().skip(1).map(cell -> tag("td", text(cell))).collect(Collectors.joining());
        return tag("tr", first + others);
    }
}
