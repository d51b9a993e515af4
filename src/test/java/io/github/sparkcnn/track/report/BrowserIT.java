package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.RecordedRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a browser: what it fetches and complains of, what is read on which ground, what keys reach, what is printed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {

    /** The least contrast, by WCAG 2.2, of what is shown: text with the ground that is painted below it, and curves. */
    private static final String CONTRAST = """
            (() => {
              const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              const paint = colours => {
                pen.fillStyle = '#fff'; pen.fillRect(0, 0, 1, 1);
                colours.forEach(c => { pen.fillStyle = c; pen.fillRect(0, 0, 1, 1); });
                return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
              };
              const light = rgb => {
                const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const grounds = e => e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : [];
              const ratio = (ink, e) => {
                const below = grounds(e), a = light(paint([...below, ink])), b = light(paint(below));
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              };
              const shown = e => e.getClientRects().length > 0;
              const texts = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const e = walk.currentNode.parentElement;
                if (walk.currentNode.data.trim() && shown(e) && e.tagName !== 'title') {
                  texts.push(ratio(e.tagName === 'text' ? getComputedStyle(e).fill : getComputedStyle(e).color, e));
                }
              }
              const curves = [...document.querySelectorAll('polyline')].map(e => ratio(getComputedStyle(e).stroke, e));
              return {texts: texts.length, text: Math.min(...texts), curve: Math.min(99, ...curves)};
            })()
            """;

    @TempDir
    static Path folder;

    private Chromium browser;

    @BeforeAll
    void start() throws Exception {
        Optional<Path> executable = Chromium.executable();
        assumeTrue(executable.isPresent(), "THE PAGES ARE NOT TESTED IN A BROWSER: there is no chromium on the PATH");
        write("report.html", ReportPage.render(Reports.withSteps()));
        write(
                "running.html",
                ReportPage.render(Reports.full(), Optional.of(Status.over("The run has ended after epoch 3 of 9."))));
        write("compare.html", comparison());
        write("tune.html", search());
        browser = new Chromium(executable.get(), Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "running", "compare", "tune"})
    void aPageFetchesNothingAndTheBrowserHasNothingToComplainOf(String page) throws Exception {
        open(page, "screen", "light");

        assertThat(browser.heard("Runtime.exceptionThrown")).isEmpty();
        assertThat(browser.heard("Runtime.consoleAPICalled")).isEmpty();
        assertThat(browser.heard("Log.entryAdded")).isEmpty();
        assertThat(browser.heard("Network.requestWillBeSent"))
                .extracting(request -> request.path("request").path("url").asText())
                .filteredOn(url -> !url.startsWith("data:"))
                .containsExactly(file(page).toUri().toString());
    }

    /** Before the first epoch has ended, and then; a page that is served asks for nothing beside it. */
    @Test
    void aPageThatIsServedIsNothingToComplainOfEither() throws Exception {
        Storage storage = Storage.ofLocalMaster(new Configuration(false));
        org.apache.hadoop.fs.Path report =
                new org.apache.hadoop.fs.Path("file", null, file("report").toString());
        for (Optional<org.apache.hadoop.fs.Path> page :
                List.of(Optional.of(report), Optional.<org.apache.hadoop.fs.Path>empty())) {
            try (PageServer server = new PageServer(0, storage, () -> page, Duration.ZERO)) {
                browser.open(server.url());

                assertThat(browser.heard("Log.entryAdded")).isEmpty();
                assertThat(browser.heard("Network.requestWillBeSent"))
                        .extracting(
                                request -> request.path("request").path("url").asText())
                        .filteredOn(url -> !url.startsWith("data:"))
                        .containsExactly(server.url().toString());
            }
        }
    }

    /** From disk and as it is served. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageOfARunThatGoesOnReadsItselfAgain(boolean isServed) throws Exception {
        String one = ReportPage.render(Reports.full(), Optional.of(Status.running("One is done.", 1)));
        String two = ReportPage.render(Reports.full(), Optional.of(Status.running("Two are done.", 1)));
        replace("going-on.html", one);
        org.apache.hadoop.fs.Path page =
                new org.apache.hadoop.fs.Path("file", null, file("going-on").toString());
        Storage storage = Storage.ofLocalMaster(new Configuration(false));
        try (PageServer server = new PageServer(0, storage, () -> Optional.of(page), Duration.ZERO)) {
            browser.open(isServed ? server.url() : file("going-on").toUri());
            assertThat(awaitStatus("One is done.")).startsWith("One is done.");

            replace("going-on.html", two);
            assertThat(awaitStatus("Two are done.")).startsWith("Two are done.");
            browser.open(URI.create("about:blank")); // what that page does by itself is no other test's
        }
    }

    /** The page's status when it begins so, or after thirty reloads: one may have begun before the page was replaced. */
    private String awaitStatus(String beginning) throws Exception {
        String status = status();
        for (int reloads = 0; reloads < 30 && !status.startsWith(beginning); reloads++) {
            browser.awaitReload();
            status = status();
        }
        return status;
    }

    /** Nothing while the page is being read. */
    private String status() throws Exception {
        return browser.value("document.querySelector('.status')?.textContent").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "running", "compare", "tune"})
    void whatIsReadStandsOutInLightInDarkAndOnPaper(String page) throws Exception {
        for (List<String> shown :
                List.of(List.of("screen", "light"), List.of("screen", "dark"), List.of("print", "dark"))) {
            open(page, shown.get(0), shown.get(1));
            JsonNode contrast = browser.value(CONTRAST);

            assertThat(contrast.get("texts").asInt()).isGreaterThan(100);
            assertThat(contrast.get("text").asDouble())
                    .as("text of %s on %s", page, shown)
                    .isGreaterThanOrEqualTo(4.5);
            assertThat(contrast.get("curve").asDouble())
                    .as("curves of %s on %s", page, shown)
                    .isGreaterThanOrEqualTo(3);
        }
    }

    /** Whatever folds or scrolls, in the order of the page, with a line around it; a key unfolds. */
    @ParameterizedTest
    @ValueSource(strings = {"report", "compare", "tune"})
    void keysReachWhatFoldsAndScrolls(String page) throws Exception {
        open(page, "screen", "light");
        int stops = browser.value("document.querySelectorAll('summary, body :not(details) > .scroll').length")
                .asInt();
        assertThat(stops).isGreaterThanOrEqualTo(3);
        for (int stop = 0; stop < stops; stop++) {
            browser.press("Tab", 9, "");
            JsonNode focused = browser.value("(() => { const all = [...document.querySelectorAll('summary, body"
                    + " :not(details) > .scroll')]; const style = getComputedStyle(document.activeElement);"
                    + " return [all.indexOf(document.activeElement), style.outlineStyle, style.outlineWidth]; })()");
            assertThat(texts(focused)).containsExactly(String.valueOf(stop), "solid", "2px");
        }

        browser.value("document.querySelector('summary').focus()");
        browser.press("Enter", 13, "\r");
        assertThat(browser.value("document.querySelector('details').open").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "compare", "tune"})
    void whatIsFoldedIsPrinted(String page) throws Exception {
        String heights =
                "[...document.querySelectorAll('details:not(.long) table')].map(table => table.checkVisibility({"
                        + "contentVisibilityAuto: true}) && table.getBoundingClientRect().height > 40)";
        open(page, "screen", "light");
        assertThat(texts(browser.value(heights))).containsOnly("false");
        open(page, "print", "light");
        assertThat(texts(browser.value(heights))).isNotEmpty().containsOnly("true");
        assertThat(texts(browser.value(
                        "[...document.querySelectorAll('.long table')].map(table => table.checkVisibility())")))
                .hasSize(page.equals("report") ? 1 : 0)
                .doesNotContain("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "running", "compare", "tune"})
    void aPhoneScrollsTablesAndNotThePage(String page) throws Exception {
        open(page, "screen", "light");
        browser.width(360);
        try {
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(360);
        } finally {
            browser.width(1100);
        }
    }

    /** What the browser tells a screen reader: images and tables have names. */
    @ParameterizedTest
    @ValueSource(strings = {"report", "compare", "tune"})
    void aScreenReaderHearsNamesOfImagesTablesAndRegions(String page) throws Exception {
        open(page, "screen", "light");
        JsonNode nodes = browser.call("Accessibility.getFullAXTree", Map.of()).get("nodes");
        List<JsonNode> named = StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> !node.get("ignored").asBoolean())
                .filter(node -> List.of("image", "table", "region", "heading", "columnheader", "rowheader")
                        .contains(node.path("role").path("value").asText()))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(15)
                .allMatch(node -> !node.path("name").path("value").asText().isBlank());
    }

    private void open(String page, String medium, String scheme) throws Exception {
        browser.media(medium, scheme);
        browser.width(1100);
        browser.open(file(page).toUri());
    }

    private static Path file(String page) {
        return folder.resolve(page + ".html");
    }

    private static void write(String file, String page) throws IOException {
        Files.writeString(folder.resolve(file), page);
    }

    /** In one step: a browser that reads it meanwhile gets the whole of one or the other. */
    private static void replace(String file, String page) throws IOException {
        write(file + ".new", page);
        Files.move(folder.resolve(file + ".new"), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String comparison() {
        Scaling scaling = new Scaling(
                "all-reduce, batch total",
                IntStream.rangeClosed(1, 8)
                        .mapToObj(workers -> new Scaling.Point(
                                workers, 1000 * Math.sqrt(workers), Math.sqrt(workers), 0.9, 0.95 * workers))
                        .toList());
        return SideBySide.render(
                IntStream.rangeClosed(1, 6)
                        .mapToObj(workers -> new RecordedRun(
                                "runs/all-reduce-" + workers + "-total",
                                Reports.epochs(4 + workers),
                                Map.of("training.workers", String.valueOf(workers)),
                                List.of(),
                                Map.of("java", "17"),
                                Map.of()))
                        .toList(),
                List.of(scaling),
                Optional.empty());
    }

    private static String search() {
        return new SearchPage(
                        "Search",
                        "by accuracy",
                        "accuracy",
                        List.of("trial", "accuracy"),
                        Stream.of(1, 2, 3)
                                .map(i -> List.of("trial " + i, "0." + i))
                                .toList(),
                        Stream.of(1, 2, 3)
                                .map(i -> new SearchPage.Curve("trial " + i, Reports.epochs(3 + i)))
                                .toList(),
                        Map.of("trial 4", "diverged: the loss became NaN"),
                        Map.of(
                                "training.batch-size",
                                Stream.of(1, 2, 3)
                                        .map(i -> new SearchPage.Value("trial " + i, String.valueOf(32 * i), 0.1 * i))
                                        .toList()))
                .render(Optional.empty());
    }
}
