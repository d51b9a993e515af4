package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of the style sheet by the formulas of WCAG 2.2 (relative luminance, contrast ratio): 4.5 for text, 3 for curves. */
class ContrastTest {

    private static final double TEXT = 4.5;
    private static final double GRAPHICS = 3;

    @ParameterizedTest(name = "theme {0}")
    @ValueSource(ints = {0, 1, 2})
    void whatIsReadStandsOut(int theme) throws IOException {
        Map<String, String> colours = themes().get(theme);

        for (String ground : List.of("page", "card")) {
            assertThat(ratio(colours, "ink", ground)).isGreaterThanOrEqualTo(TEXT);
            assertThat(ratio(colours, "soft", ground)).isGreaterThanOrEqualTo(TEXT);
            for (String curve : List.of("one", "two", "three", "four", "five")) {
                assertThat(ratio(colours, curve, ground)).as(curve).isGreaterThanOrEqualTo(GRAPHICS);
            }
        }
    }

    @ParameterizedTest(name = "theme {0}")
    @ValueSource(ints = {0, 1, 2})
    void theConfusionMatrixIsReadableAtAnyDepth(int theme) throws IOException {
        Map<String, String> colours = themes().get(theme);
        double most = Double.parseDouble(colours.get("most"));

        for (String kind : List.of("right", "wrong")) {
            assertThat(IntStream.rangeClosed(0, 100)
                            .mapToDouble(depth -> ratio(
                                    rgb(colours.get("ink")),
                                    mixed(rgb(colours.get(kind)), rgb(colours.get("card")), most * depth / 100)))
                            .min()
                            .orElse(0))
                    .as(kind)
                    .isGreaterThanOrEqualTo(TEXT);
        }
    }

    /** Light, dark, on paper. */
    private static List<Map<String, String>> themes() throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL)
                    .matcher(css)
                    .results()
                    .map(root -> variables(root.group(1)))
                    .toList();
        }
    }

    private static Map<String, String> variables(String declarations) {
        Map<String, String> variables = new HashMap<>();
        Pattern.compile("--(\\w+): ([^;]+);")
                .matcher(declarations)
                .results()
                .forEach(variable -> variables.put(variable.group(1), variable.group(2)));
        return variables;
    }

    private static double ratio(Map<String, String> colours, String ink, String ground) {
        return ratio(rgb(colours.get(ink)), rgb(colours.get(ground)));
    }

    private static double ratio(double[] one, double[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(double[] rgb) {
        double[] linear = IntStream.range(0, 3)
                .mapToDouble(i -> rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static double[] mixed(double[] colour, double[] ground, double share) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> share * colour[i] + (1 - share) * ground[i])
                .toArray();
    }

    private static double[] rgb(String hex) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0)
                .toArray();
    }
}
