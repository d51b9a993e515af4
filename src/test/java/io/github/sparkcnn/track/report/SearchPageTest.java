package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.track.EpochMetrics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SearchPageTest {

    private static final String RATE = "training.optimizer.learning-rate";

    @Test
    void showsTrialsWhatValuesCameToTheBestCurvesAndFailures() throws Exception {
        String html = page(
                7,
                Map.of(
                        RATE,
                        List.of(value(1, "0.0001", 0.5), value(2, "0.001", 0.7), value(3, "0.1", 0.6)),
                        "training.batch-size",
                        List.of(value(1, "32", 0.5), value(2, "32", 0.7))));
        Document page = parse(html);

        assertThat(html).contains("<h2>The best 6, epoch by epoch</h2>", "trial 9", "diverged: &lt;why&gt;");
        assertThat(html).doesNotContain("<script", "http://", "https://").contains("prefers-color-scheme: dark");
        // Five charts of curves, and one of the key that has more than one value.
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(6);
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(5 * 6);
    }

    @Test
    void numbersThatSpanAPowerOfTenStandByTheirLogarithm() throws Exception {
        // 0.001 lies halfway from 0.0001 to 0.01 by the logarithm, and at a tenth of the way by itself.
        double[] log = places(List.of(value(1, "0.0001", 1), value(2, "0.001", 2), value(3, "0.01", 3)));
        double[] linear = places(List.of(value(1, "1", 1), value(2, "2", 2), value(3, "9", 3)));

        assertThat((log[1] - log[0]) / (log[2] - log[0])).isEqualTo(0.5);
        assertThat((linear[1] - linear[0]) / (linear[2] - linear[0])).isBetween(0.124, 0.126);
    }

    @ParameterizedTest
    @CsvSource({"16, 512, 100", "0.0005, 0.05, 0.01", "0.00001, 0.01, 1.0e-04"})
    void ticksOfALogarithmAreWrittenAsPeopleWriteNumbers(String least, String most, String tick) throws Exception {
        NodeList texts = parse(page(0, Map.of("key", List.of(value(1, least, 1), value(2, most, 2)))))
                .getElementsByTagName("text");

        assertThat(IntStream.range(0, texts.getLength())
                        .mapToObj(i -> texts.item(i).getTextContent()))
                .contains(tick);
    }

    @Test
    void wordsStandSideBySide() throws Exception {
        double[] places = places(List.of(value(1, "[]", 1), value(2, "[{\"name\":\"flip\"}]", 2), value(3, "[]", 3)));

        assertThat(places[0]).isEqualTo(places[2]).isNotEqualTo(places[1]);
    }

    /** The key stands beside its words, and the axes say what they are of. */
    @Test
    void keysAreCalledWhatPeopleCallThem() throws Exception {
        Document page = parse(page(0, Map.of(RATE, List.of(value(1, "0.0001", 0.5), value(2, "0.1", 0.7)))));

        Element caption = (Element) page.getElementsByTagName("figcaption").item(0);
        assertThat(caption.getElementsByTagName("b").item(0).getTextContent()).isEqualTo("Learning rate");
        assertThat(caption.getElementsByTagName("code").item(0).getTextContent())
                .isEqualTo(RATE);
        assertThat(((Element) page.getElementsByTagName("svg").item(0)).getAttribute("aria-label"))
                .isEqualTo("best accuracy by learning rate, 2 trials. All figures are in the table of trials.");
        NodeList texts = page.getElementsByTagName("text");
        assertThat(IntStream.range(0, texts.getLength())
                        .mapToObj(i -> (Element) texts.item(i))
                        .filter(text -> text.getAttribute("class").equals("axis"))
                        .map(Element::getTextContent))
                .containsExactly("best accuracy", "learning rate, by its logarithm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer.learning-rate | learning rate",
                "training.optimizer.name | optimizer",
                "training.batch-size | batch size",
                "training.early-stopping.patience | early stopping, patience",
                "training.schedule.name | schedule",
                "network.name | network",
                "network.body-learning-rate | body learning rate",
                "data.normalize | normalize",
            })
    void wordsOf(String key, String words) {
        assertThat(Scatter.words(key)).isEqualTo(words);
    }

    @Test
    void aSearchThatGoesOnReadsItselfAgain() {
        SearchPage begun = new SearchPage(
                "search", "0 of 2 trials", "accuracy", List.of("trial"), List.of(), List.of(), Map.of(), Map.of());

        assertThat(begun.render(Optional.of(Status.running("The search goes on.", 10))))
                .contains("<meta http-equiv=\"refresh\" content=\"10\"/>", "No trial has come to anything yet.");
        assertThat(begun.render(Optional.empty())).doesNotContain("http-equiv");
    }

    private static double[] places(List<SearchPage.Value> values) throws Exception {
        NodeList circles = parse(page(0, Map.of("key", values))).getElementsByTagName("circle");
        return IntStream.range(0, circles.getLength())
                .mapToDouble(i -> Double.parseDouble(((Element) circles.item(i)).getAttribute("cx")))
                .toArray();
    }

    private static SearchPage.Value value(int trial, String value, double result) {
        return new SearchPage.Value("trial " + trial, value, result);
    }

    private static String page(int curves, Map<String, List<SearchPage.Value>> values) {
        List<EpochMetrics> epochs = List.of(
                new EpochMetrics(1, 0.5, 0.4, 0.7, 0.1, 100, 10, 60, 2),
                new EpochMetrics(2, 0.4, 0.3, 0.8, 0.1, 100, 10, 60, 2));
        return new SearchPage(
                        "search",
                        "note",
                        "best accuracy",
                        List.of("trial", "accuracy"),
                        List.of(List.of("1", "0.5"), List.of("2", "0.7")),
                        IntStream.rangeClosed(1, curves)
                                .mapToObj(i -> new SearchPage.Curve("trial " + i, epochs))
                                .toList(),
                        Map.of("trial 9", "diverged: <why>"),
                        values)
                .render(Optional.empty());
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }
}
