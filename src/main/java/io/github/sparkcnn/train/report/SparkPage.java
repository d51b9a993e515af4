package io.github.sparkcnn.train.report;

import io.github.sparkcnn.MethodByName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.ui.JettyUtils;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.WebUI;
import org.apache.spark.ui.WebUITab;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * A page of ours among Spark's, with a tab that leads there; who may see it is who may see Spark's. Spark 3.5 and 4 have it served by
 * servlets of other packages, which are therefore not named here.
 */
final class SparkPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SparkPage.class);
    private static final String PATH = "training";

    private final SparkUI ui;
    private final Tab tab;

    private SparkPage(SparkUI ui, Tab tab) {
        this.ui = ui;
        this.tab = tab;
    }

    /** In the row of Spark's tabs, without pages that Spark would render. */
    private static final class Tab extends WebUITab {
        Tab(WebUI ui, String path) {
            super(ui, path);
        }
    }

    /** Answers any request with the page as it then is. */
    private static final class Answer extends AbstractFunction1<Object, Object> {
        private final Supplier<String> page;

        Answer(Supplier<String> page) {
            this.page = page;
        }

        @Override
        public Object apply(Object request) {
            return page.get();
        }
    }

    private static final class AsItIs extends AbstractFunction1<Object, Object> {
        @Override
        public Object apply(Object page) {
            return page;
        }
    }

    /**
     * Opens it; empty where Spark has no pages. A run does not fail over this: where Spark's are others than we know, the log says why
     * there is none.
     *
     * @param page made for every request, in a thread of Spark's
     */
    static Optional<SparkPage> open(SparkContext spark, Supplier<String> page) {
        Option<SparkUI> ui = spark.ui();
        if (ui.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(ui.get(), spark, page));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Spark's page has no tab for the training", e);
            return Optional.empty();
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the request's type is that of a servlet
    private static SparkPage open(SparkUI ui, SparkContext spark, Supplier<String> page) {
        synchronized (ui) {
            Tab tab = new Tab(ui, free(ui));
            MethodByName.call(
                    ui,
                    "attachHandler",
                    MethodByName.callStatic(
                            JettyUtils.class,
                            "createServletHandler",
                            "/" + tab.prefix(),
                            new JettyUtils.ServletParams(new Answer(page), "text/html", new AsItIs()),
                            spark.conf(),
                            ui.getBasePath()));
            ui.attachTab(tab);
            return new SparkPage(ui, tab);
        }
    }

    /** Several runs may go on at the same time. */
    private static String free(SparkUI ui) {
        List<String> taken = tabs(ui).stream().map(WebUITab::prefix).toList();
        int number = 1;
        while (taken.contains(path(number))) {
            number++;
        }
        return path(number);
    }

    private static String path(int number) {
        return number == 1 ? PATH : PATH + "-" + number;
    }

    @SuppressWarnings("unchecked") // a sequence of tabs, in Spark 4 of another class of sequences
    private static List<WebUITab> tabs(SparkUI ui) {
        return JavaConverters.seqAsJavaList((scala.collection.Seq<WebUITab>) MethodByName.call(ui, "getTabs"));
    }

    /** Where it is on Spark's page. */
    String path() {
        return "/" + tab.prefix() + "/";
    }

    @Override
    public void close() {
        synchronized (ui) {
            ui.detachTab(tab);
            ui.detachHandler("/" + tab.prefix());
        }
    }
}
