package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.track.EpochMetrics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a screen reader says, and what the keyboard reaches. */
class AccessiblePageTest {

    private Document page;

    @BeforeEach
    void render() throws Exception {
        page = parse(ReportPage.render(Reports.full()));
    }

    @Test
    void chartsSayWhatTheyShow() {
        List<String> spoken =
                all(page, "svg").map(svg -> svg.getAttribute("aria-label")).toList();

        // 0.9 / i + 0.15 and 0.7 / i + 0.24 of the first and the twelfth epoch.
        assertThat(spoken.get(0))
                .isEqualTo("Loss by epoch. training: 1.050 in epoch 1, 0.2250 in epoch 12. validation: 0.9400 in epoch"
                        + " 1, 0.2983 in epoch 12. All figures are in the table below.");
        assertThat(all(page, "svg"))
                .hasSize(4)
                .allMatch(svg -> svg.getAttribute("role").equals("img"));
    }

    @Test
    void theFiguresOfTheChartsAreInATable() {
        assertThat(all(page, "details").map(Element::getTextContent))
                .singleElement()
                .asString()
                .contains("Every epoch in figures", "1.0500", "0.2983");
    }

    /** Of several runs: what each chart draws of an epoch stands in its row. */
    @Test
    void theFiguresOfTheChartsOfSeveralRunsAreInATable() throws Exception {
        EpochMetrics epoch = new EpochMetrics(1, 0.1234, 0.2345, 0.3456, 0.004567, 100, 10, 5678, 2);
        String charts = new RunCurves(List.of("one", "two"), List.of(List.of(epoch), List.of(epoch))).charts();

        Document runs = parse("<main>" + charts + "</main>");
        assertThat(all(runs, "svg")).hasSize(5);
        assertThat(all(runs, "td").map(Element::getTextContent))
                .containsExactly(
                        "0.1234",
                        "0.2345",
                        "0.3456",
                        "0.00456700",
                        "5,678",
                        "0.1234",
                        "0.2345",
                        "0.3456",
                        "0.00456700",
                        "5,678");
    }

    @Test
    void tablesHaveNamesAndHeadings() {
        assertThat(all(page, "table"))
                .hasSize(6)
                .allMatch(table -> all(table, "caption").count() == 1);
        assertThat(all(page, "th"))
                .allMatch(cell -> List.of("row", "rowgroup", "col").contains(cell.getAttribute("scope"))
                        && !cell.getTextContent().isBlank());
    }

    @Test
    void whatScrollsIsReachedByTheKeyboard() {
        assertThat(all(page, "div").filter(div -> div.getAttribute("class").equals("scroll")))
                .hasSize(5)
                .allMatch(div -> div.getAttribute("tabindex").equals("0")
                        && div.getAttribute("role").equals("region")
                        && !div.getAttribute("aria-label").isBlank());
    }

    @Test
    void picturesAreNamed() {
        assertThat(all(page, "img"))
                .allMatch(image -> !image.getAttribute("alt").isBlank());
    }

    @Test
    void aRunThatGoesOnSaysSo() throws Exception {
        Document running = parse(ReportPage.render(Reports.full(), Optional.of(Status.running("Epoch 12 of 20.", 10))));

        assertThat(all(running, "p").filter(p -> p.getAttribute("role").equals("status")))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "Epoch 12 of 20. This page reads itself again every 10 seconds until the run has ended.");
        assertThat(all(running, "meta").map(meta -> meta.getAttribute("content")))
                .contains("10");
        assertThat(all(page, "meta").map(meta -> meta.getAttribute("http-equiv")))
                .doesNotContain("refresh");
    }

    private static Stream<Element> all(Document page, String name) {
        return all(page.getDocumentElement(), name);
    }

    private static Stream<Element> all(Element within, String name) {
        NodeList found = within.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }
}
