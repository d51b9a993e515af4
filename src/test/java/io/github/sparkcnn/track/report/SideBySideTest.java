package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.RecordedRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SideBySideTest {

    private static final RecordedRun FIRST = run("runs/first/", 3, "adam", "d41d8cd98f00b204e9800998ecf8427e");
    private static final RecordedRun SECOND = run("/data/second", 2, "sgd", "900150983cd24fb0d6963f7d28e17f72");

    @Test
    void showsWhatDiffersAndOnlyThat() throws Exception {
        String html = SideBySide.render(List.of(FIRST, SECOND));

        assertThat(rows(html))
                .contains(
                        "keys first second",
                        "training.optimizer.name adam sgd",
                        "files first second",
                        "train.csv 10 bytes, MD5 d41d8cd98f00… 10 bytes, MD5 900150983cd2…",
                        "java 17 –",
                        // 1 − 1/(i + 1) is the accuracy, 10 s an epoch.
                        "first 3 0.7500 3 0.3333 30.0 s 60",
                        "second 2 0.6667 2 0.5000 20.0 s 60",
                        "3 0.3333 0.6667 0.7500 0.100000 60 – – – – –")
                .noneMatch(row -> row.contains("training.seed") || row.contains("test.csv"));
        assertThat(html).contains("<p>1 other is the same.</p>");
        assertThat(SideBySide.render(List.of(FIRST, FIRST))).contains("<p>Nothing: all 2 keys are the same.</p>");
    }

    @Test
    void drawsEveryRunInOneChart() throws Exception {
        Document page = parse(SideBySide.render(List.of(FIRST, SECOND)));

        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(5);
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(10);
    }

    @Test
    void drawsWhatMoreWorkersGainedBesideTheIdealAndTheModel() throws Exception {
        Scaling scaling = new Scaling(
                "all-reduce, batch total",
                List.of(
                        new Scaling.Point(2, 1000, 1, 1, 1.0),
                        new Scaling.Point(4, 1500, 1.5, 0.75, 1.9),
                        new Scaling.Point(8, 2000, 2, 0.5, null)));
        String html = SideBySide.render(List.of(FIRST, SECOND), List.of(scaling), Optional.empty());
        Document page = parse(html);

        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(7);
        assertThat(((Element) page.getElementsByTagName("svg").item(0)).getAttribute("aria-label"))
                .isEqualTo("Speed-up by workers, all-reduce, batch total. measured: 1.000 with workers: 2, 2.000 with"
                        + " workers: 8. ideal: 1.000 with workers: 2, 4.000 with workers: 8. if averaging were all it"
                        + " cost: 1.000 with workers: 2, 1.900 with workers: 4. All figures are in the table below.");
        assertThat(rows(html))
                .containsSubsequence(
                        "workers images/s speed-up ideal if averaging were all it cost efficiency if averaging were"
                                + " all it cost",
                        "2 1,000 1.00 1.00 1.00 1.00 1.00",
                        "4 1,500 1.50 2.00 1.90 0.75 0.95",
                        "8 2,000 2.00 4.00 – 0.50 –");
    }

    @Test
    void theAxesSayWhatTheyAreOf() throws Exception {
        Scaling scaling = new Scaling(
                "all-reduce, batch total",
                List.of(new Scaling.Point(1, 1000, 1, 1, 1.0), new Scaling.Point(2, 1500, 1.5, 0.75, 1.9)));

        assertThat(axes(SideBySide.render(List.of(FIRST, SECOND), List.of(scaling), Optional.empty())))
                .containsExactly(
                        "speed-up / workers",
                        "efficiency / workers",
                        "accuracy / epoch",
                        "loss / epoch",
                        "loss / epoch",
                        "images a second / epoch",
                        "learning rate / epoch");
    }

    /** The values' axis and the other, of every chart. */
    private static List<String> axes(String html) throws Exception {
        List<String> titles = new ArrayList<>();
        NodeList texts = parse(html).getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            if (((Element) texts.item(i)).getAttribute("class").equals("axis")) {
                titles.add(texts.item(i).getTextContent());
            }
        }
        List<String> axes = new ArrayList<>();
        for (int i = 0; i < titles.size(); i += 2) {
            axes.add(titles.get(i) + " / " + titles.get(i + 1));
        }
        return axes;
    }

    @Test
    void aComparisonThatGoesOnShowsItsFirstRunAlone() throws Exception {
        String html =
                SideBySide.render(List.of(FIRST), List.of(), Optional.of(Status.running("1 of 2 runs is done.", 10)));

        assertThat(html)
                .contains(
                        "<h1>1 run so far</h1>",
                        "<meta http-equiv=\"refresh\" content=\"10\"/>",
                        "1 of 2 runs is done. This page reads itself again every 10 seconds")
                .doesNotContain("What differs");
        assertThat(rows(html)).contains("first 3 0.7500 3 0.3333 30.0 s 60");
        assertThat(SideBySide.render(List.of(FIRST, SECOND))).doesNotContain("http-equiv");
    }

    /** A single number of workers gains nothing; a strategy that the model is not about has no line of it. */
    @Test
    void leavesOutWhatCannotBeCompared() {
        Scaling alone = new Scaling("one", List.of(new Scaling.Point(1, 1000, 1, 1, 1.0)));
        Scaling unknown = new Scaling(
                "dl4j-averaging",
                List.of(new Scaling.Point(1, 1000, 1, 1, null), new Scaling.Point(2, 1500, 1.5, 0.75, null)));

        assertThat(SideBySide.render(List.of(FIRST, SECOND), List.of(alone), Optional.empty()))
                .doesNotContain("What more workers gained");
        assertThat(SideBySide.render(List.of(FIRST, SECOND), List.of(unknown), Optional.empty()))
                .contains("What more workers gained", "key ideal")
                .doesNotContain("key two\">if averaging");
    }

    @Test
    void runsOfOneNameAreCalledByTheirFolders() {
        assertThat(SideBySide.render(List.of(run("a/x", 1, "adam", "0"), run("b/x", 1, "adam", "0"))))
                .contains("a/x, b/x");
    }

    @Test
    void aRunWithoutATestSetOrAManifestIsShownToo() throws Exception {
        RecordedRun bare = new RecordedRun(
                "bare",
                List.of(new EpochMetrics(1, 0.5, null, null, 0.1, 100, 10, 60, 2)),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of());

        String page = SideBySide.render(List.of(bare, SECOND));
        assertThat(rows(page)).contains("bare 1 – – 0.5000 10.0 s 60");
        assertThat(page)
                .contains(
                        "Not known of bare, whose keys are not recorded.",
                        "Not known of bare, whose files are not recorded.",
                        "Not known of bare, whose entries are not recorded.")
                .doesNotContain("are the same.");
    }

    private static RecordedRun run(String folder, int epochs, String optimizer, String md5) {
        List<EpochMetrics> metrics = new ArrayList<>();
        for (int i = 1; i <= epochs; i++) {
            metrics.add(new EpochMetrics(i, 1.0 / i, 2.0 / i, 1 - 1.0 / (i + 1), 0.1, 100, 10, 60, 2));
        }
        return new RecordedRun(
                folder,
                metrics,
                Map.of("training.optimizer.name", optimizer, "training.seed", "1"),
                List.of(new DataFile("train.csv", 10, md5), new DataFile("test.csv", 5, "0")),
                optimizer.equals("adam") ? Map.of("java", "17", "os", "Linux") : Map.of("os", "Linux"),
                Map.of());
    }

    /** The cells of every row, a space between them. */
    private static List<String> rows(String html) throws Exception {
        List<String> rows = new ArrayList<>();
        NodeList found = parse(html).getElementsByTagName("tr");
        for (int i = 0; i < found.getLength(); i++) {
            List<String> cells = new ArrayList<>();
            NodeList children = found.item(i).getChildNodes();
            for (int j = 0; j < children.getLength(); j++) {
                cells.add(children.item(j).getTextContent());
            }
            rows.add(String.join(" ", cells));
        }
        return rows;
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }
}
