package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.explain.EvidencePicture;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Seconds;
import io.github.sparkcnn.track.StepMetrics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportPageTest {

    @Test
    void isWellFormed() throws Exception {
        Document page = parse(ReportPage.render(Reports.full()));

        assertThat(headings(page))
                .containsExactly(
                        "Training",
                        "Classification report",
                        "Confusion matrix",
                        "Sample images",
                        "Misclassified images",
                        "Where the time went",
                        "Configuration",
                        "Environment");
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(32);
    }

    @Test
    void showsTheFigures() throws Exception {
        String text =
                parse(ReportPage.render(Reports.full())).getDocumentElement().getTextContent();

        // 0.92 − 0.2 / 12 is the best accuracy; twelve epochs of 24.5 s.
        assertThat(text).contains("90.33 %", "best accuracy, epoch 12", "4 min 54 s", "0.9178", "0.8871", "4 min 48 s");
    }

    /** Of 4 epochs with 500 points each, two neighbours are one: with their images' mean. */
    @Test
    void theLossWithinTheEpochsLiesThinlyBehindThem() throws Exception {
        Report plain = Reports.ofEpochs(Reports.epochs(4));
        List<StepMetrics> steps = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            long images = 120L * (i % 500 + 1);
            steps.add(new StepMetrics(i / 500 + 1, i + 1L, images, i % 2 == 0 ? 0.25 : 0.75, 0.1));
        }
        String html = ReportPage.render(new Report(
                plain.title(),
                plain.subtitle(),
                plain.epochs(),
                steps,
                plain.evaluation(),
                plain.samples(),
                plain.misclassified(),
                plain.phaseSeconds(),
                plain.configuration(),
                plain.environment()));

        Element loss = (Element) parse(html).getElementsByTagName("figure").item(0);
        assertThat(((Element) loss.getElementsByTagName("svg").item(0)).getAttribute("aria-label"))
                .startsWith(
                        "Loss by epoch. within the epochs: 0.5000 in epoch 1, 0.5000 in epoch 4. training: 1.050 in epoch 1,");
        NodeList lines = loss.getElementsByTagName("polyline");
        Element thin = (Element) lines.item(0);
        assertThat(((Element) thin.getParentNode()).getAttribute("class")).isEqualTo("curve thin");
        assertThat(thin.getParentNode().getChildNodes().getLength())
                .as("no dots")
                .isOne();
        String[] points = thin.getAttribute("points").split(" ", -1);
        assertThat(points).hasSize(1000);
        String[] epochs = ((Element) lines.item(1)).getAttribute("points").split(" ", -1);
        assertThat(points[999].split(",", -1)[0])
                .as("an epoch's end")
                .isEqualTo(epochs[3].split(",", -1)[0]);
        assertThat(points[249].split(",", -1)[0]).isEqualTo(epochs[0].split(",", -1)[0]);
        assertThat(html)
                .contains(
                        "Training loss within the epochs in figures",
                        "<th scope=\"row\">2000</th><td>4</td><td>60,000</td><td>0.5000</td><td>0.100000</td>")
                .doesNotContain("<th scope=\"row\">1999</th>");
    }

    @Test
    void withoutPointsNothingIsSaidOfThem() throws Exception {
        assertThat(ReportPage.render(Reports.full())).doesNotContain("within the epochs", "curve thin");
    }

    @Test
    void escapesWhatItIsGiven() throws Exception {
        Document page = parse(ReportPage.render(Reports.full()));

        assertThat(page.getDocumentElement().getTextContent()).contains("hdfs://host/a&b<c>\"d\"");
    }

    @Test
    void fetchesNothing() throws Exception {
        String html = ReportPage.render(Reports.full());

        assertThat(html).doesNotContain("<script", "<link", "@import", "url(");
        NodeList images = parse(html).getElementsByTagName("img");
        for (int i = 0; i < images.getLength(); i++) {
            assertThat(((Element) images.item(i)).getAttribute("src")).startsWith("data:image/png;base64,");
        }
    }

    /** What speaks for a class stands below its image, with its words and the colours' meaning. */
    @Test
    void explainsImages() throws Exception {
        byte[] png = {1};
        Report.Picture explained =
                new Report.Picture(png, "a → b", Optional.of(new Report.Explained(new byte[] {2}, "for <b>")));
        Report plain = Reports.ofEpochs(List.of());

        Document page = parse(ReportPage.render(new Report(
                plain.title(),
                plain.subtitle(),
                plain.epochs(),
                plain.steps(),
                plain.evaluation(),
                List.of(new Report.Picture(png, "a")),
                List.of(explained, new Report.Picture(png, "b → a")),
                Map.of(),
                Map.of(),
                Map.of())));

        NodeList figures = page.getElementsByTagName("figure");
        assertThat(figures.getLength()).isEqualTo(3);
        NodeList images = ((Element) figures.item(1)).getElementsByTagName("img");
        assertThat(((Element) images.item(0)).getAttribute("alt")).isEqualTo("a → b");
        assertThat(((Element) images.item(1)).getAttribute("alt")).isEqualTo("for <b>");
        assertThat(((Element) images.item(1)).getAttribute("src")).endsWith(",Ag==");
        NodeList keys = page.getElementsByTagName("span");
        assertThat(keys.getLength()).isEqualTo(2);
        assertThat(((Element) keys.item(0)).getAttribute("class")).isEqualTo("key for");
    }

    @Test
    void theColoursOfTheLegendAreThoseOfThePictures() {
        assertThat(ReportPage.render(Reports.ofEpochs(List.of())))
                .contains(
                        String.format(Locale.ROOT, ".for { --stroke: #%06x; }", EvidencePicture.FOR),
                        String.format(Locale.ROOT, ".against { --stroke: #%06x; }", EvidencePicture.AGAINST));
    }

    @Test
    void leavesOutWhatThereIsNot() throws Exception {
        EpochMetrics withoutTestSet = new EpochMetrics(1, 0.5, null, null, 0.1, 2000, 2, 1000, 2);

        Document page = parse(ReportPage.render(Reports.ofEpochs(List.of(withoutTestSet))));

        assertThat(headings(page)).containsExactly("Training");
        assertThat(page.getDocumentElement().getTextContent()).doesNotContain("best accuracy");
        assertThat(parse(ReportPage.render(Reports.ofEpochs(List.of())))).isNotNull();
    }

    @Test
    void drawsARunThatDiverged() throws Exception {
        List<EpochMetrics> epochs = new ArrayList<>(Reports.epochs(2));
        epochs.add(new EpochMetrics(3, Double.NaN, Double.NaN, 0.1, 0.1, 10, 1, 10, 2));

        String html = ReportPage.render(Reports.ofEpochs(epochs));

        assertThat(parse(html).getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(html).doesNotContain("points=\"NaN", ",NaN");
    }

    @Test
    void putsPointsWhereTheAxisSays() {
        Axis axis = Axis.around(0.11, 0.89, 5, 200, 0);

        assertThat(axis.min()).isZero();
        assertThat(axis.max()).isEqualTo(1);
        assertThat(axis.position(0.25)).isEqualTo(150);
        assertThat(axis.ticks().mapToObj(axis::label)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    }

    @Test
    void givesEqualValuesAnAxis() {
        Axis axis = Axis.around(0.001, 0.001, 5, 200, 0);

        assertThat(axis.position(0.001)).isBetween(50.0, 150.0);
        assertThat(axis.ticks().count()).isBetween(3L, 8L);
    }

    @Test
    void saysDurationsAsPeopleDo() {
        assertThat(List.of(Seconds.text(8.34), Seconds.text(245), Seconds.text(7620)))
                .containsExactly("8.3 s", "4 min 05 s", "2 h 07 min");
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> headings(Document page) {
        List<String> headings = new ArrayList<>();
        NodeList nodes = page.getElementsByTagName("h2");
        for (int i = 0; i < nodes.getLength(); i++) {
            headings.add(nodes.item(i).getTextContent());
        }
        return headings;
    }
}
