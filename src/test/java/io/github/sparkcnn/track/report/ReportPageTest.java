package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.explain.EvidencePicture;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Seconds;
import io.github.sparkcnn.track.StepMetrics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** 310 s in all; 287.5 s of training less 200, 20, 30 and 25 leave 12.5, whatever the driver did meanwhile. */
    @Test
    void timesAddUpToTheRunAndTheirPartsToThem() throws Exception {
        Element table = times(Reports.phases());

        assertThat(rows(table))
                .containsExactly(
                        "phase|row|Reading the data|4.3 s|1 %",
                        "phase|rowgroup|Training|4 min 48 s|93 %",
                        "part|row|its steps|3 min 20 s|65 %",
                        "part|row|making minibatches|20.0 s|6 %",
                        "part|row|averaging|30.0 s|10 %",
                        "part|row|waiting for other workers|25.0 s|8 %",
                        "part|row|other|12.5 s|4 %",
                        "part meanwhile|row|driver meanwhile: checkpoints|3.5 s|1 %",
                        "part meanwhile|row|driver meanwhile: logs and pages|2.5 s|1 %",
                        "phase|row|Evaluating|12.3 s|4 %",
                        "phase|row|Writing checkpoints and the model|6.0 s|2 %",
                        "sum|row|In all|5 min 10 s|100 %");
        // A group of rows belongs to its first.
        assertThat(table.getElementsByTagName("tbody").getLength()).isEqualTo(5);
        assertThat(((Element) table.getElementsByTagName("tbody").item(1))
                        .getElementsByTagName("tr")
                        .getLength())
                .isEqualTo(8);
    }

    /** Of workers whose clocks say more than the driver's, and of phases that this build does not know. */
    @Test
    void noPartIsMoreThanItsWholeAndWhatIsUnknownIsShownToo() throws Exception {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("train", 10.0);
        seconds.put("train.steps", 9.0);
        seconds.put("train.waiting", 1.5);
        seconds.put("train.save", 11.0);
        seconds.put("evaluate.gpu", 2.0);
        seconds.put("rest", 8.0);

        assertThat(rows(times(seconds)))
                .containsExactly(
                        "phase|rowgroup|Training|10.0 s|50 %",
                        "part|row|its steps|9.0 s|45 %",
                        "part|row|waiting for other workers|1.0 s|5 %",
                        "part|row|other|0.0 s|0 %",
                        "part meanwhile|row|driver meanwhile: checkpoints|10.0 s|50 %",
                        "phase|row|evaluate.gpu|2.0 s|10 %",
                        "phase|row|rest|8.0 s|40 %",
                        "sum|row|In all|20.0 s|100 %");
    }

    private static Element times(Map<String, Double> seconds) throws Exception {
        Document page = parse("<div>" + new TimeSection(seconds).table() + "</div>");
        return (Element) page.getElementsByTagName("table").item(0);
    }

    /** Of each row its kind, what it heads, its name, its time, and what its bar says. */
    private static List<String> rows(Element table) {
        List<String> rows = new ArrayList<>();
        NodeList found = table.getElementsByTagName("tr");
        for (int i = 1; i < found.getLength(); i++) {
            Element row = (Element) found.item(i);
            Element name = (Element) row.getElementsByTagName("th").item(0);
            NodeList cells = row.getElementsByTagName("td");
            Element bar = (Element)
                    ((Element) cells.item(1)).getElementsByTagName("div").item(0);
            rows.add(String.join(
                    "|",
                    row.getAttribute("class"),
                    name.getAttribute("scope"),
                    name.getTextContent(),
                    cells.item(0).getTextContent(),
                    bar.getAttribute("aria-label")));
        }
        return rows;
    }

    @Test
    void escapesWhatItIsGiven() throws Exception {
        Document page = parse(ReportPage.render(Reports.full()));

        assertThat(page.getDocumentElement().getTextContent()).contains("hdfs://host/a&b<c>\"d\"");
    }

    @Test
    void fetchesNothing() throws Exception {
        String html = ReportPage.render(Reports.full());

        assertThat(html).containsOnlyOnce("<link").contains("<link rel=\"icon\" href=\"data:,\"");
        assertThat(html).doesNotContain("<script", "@import", "url(");
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
