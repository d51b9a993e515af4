package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of figures, and of names with values. */
final class Tables {

    private Tables() {}

    static String of(List<String> head, List<List<String>> rows) {
        String headRow = tag(
                "thead",
                tag(
                        "tr",
                        head.stream()
                                .map(cell -> tag("th", "scope=\"col\"", text(cell)))
                                .collect(Collectors.joining())));
        String body = rows.stream().map(Tables::row).collect(Collectors.joining("\n"));
        return tag("div", "class=\"scroll\"", tag("table", "class=\"figures\"", headRow + tag("tbody", body)));
    }

    static String of(Map<String, String> values) {
        String rows = values.entrySet().stream()
                .map(entry -> tag(
                        "tr",
                        tag("th", "scope=\"row\"", text(entry.getKey()))
                                + tag("td", tag("code", text(entry.getValue())))))
                .collect(Collectors.joining("\n"));
        return tag("div", "class=\"scroll\"", tag("table", "class=\"values\"", tag("tbody", rows)));
    }

    private static String row(List<String> cells) {
        String first = tag("th", "scope=\"row\"", text(cells.get(0)));
        String others =
                cells.stream().skip(1).map(cell -> tag("td", text(cell))).collect(Collectors.joining());
        return tag("tr", first + others);
    }
}
