package io.github.sparkcnn.track.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkcnn.FileException;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the page of a run to browsers on this machine while the run goes on, also through a tunnel. It listens on 127.0.0.1 alone and
 * answers {@code GET /} with that one page: what a request says names no file. Who asks by another host name than this machine's own is
 * refused, for a site elsewhere could have its name resolved to 127.0.0.1 and read the page in its visitor's browser (DNS rebinding).
 */
public final class PageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    /** A tunnel may begin at any port. */
    private static final Pattern THIS_MACHINE = Pattern.compile("(?i)(?:localhost|127\\.0\\.0\\.1)(?::\\d{1,5})?");

    /** More than browsers want, for a request that stops halfway has its thread until it is given up. */
    private static final int THREADS = 32;

    private static final long REQUEST_SECONDS = 10;
    /** Enough for a page of megabytes through a slow tunnel. */
    private static final long ANSWER_SECONDS = 120;

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private final Storage storage;
    private final Supplier<Optional<Path>> page;
    private final Duration patience;
    private final HttpServer server;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, REQUEST_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PageServer::daemon);
    private long lookedAt;
    private boolean isWatched;
    private boolean isEnding;

    static {
        // The JDK's server reads them once, when its first is begun, and waits for ever without them.
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
    }

    private static void limit(String property, long seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(seconds));
        }
    }

    /**
     * Serves from now on.
     *
     * @param port 0: any free one
     * @param page where it is by now, asked for with every request; empty while there is none
     * @throws java.net.BindException where the port cannot be had
     */
    public static PageServer start(int port, Storage storage, Supplier<Optional<Path>> page) throws IOException {
        return new PageServer(port, storage, page, Duration.ofSeconds(Status.RELOAD_SECONDS + 2L));
    }

    /** @param patience how long a browser that has been looking is waited for at the end */
    PageServer(int port, Storage storage, Supplier<Optional<Path>> page, Duration patience) throws IOException {
        this.storage = storage;
        this.page = page;
        this.patience = patience;
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/", this::handle);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sparkcnn-page");
        thread.setDaemon(true);
        return thread;
    }

    /** Where browsers find it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Ends it; a browser that has been looking gets the last page before, if it comes again within seconds. */
    @Override
    public void close() {
        try {
            awaitLastLook();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void awaitLastLook() throws InterruptedException {
        isEnding = true;
        for (long left = nanosLeft(); isWatched && left > 0; left = nanosLeft()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private long nanosLeft() {
        return lookedAt + patience.toNanos() - System.nanoTime();
    }

    /** Whether the browser that gets the page now is to come again. */
    private synchronized boolean isMoreToCome() {
        return !isEnding;
    }

    private synchronized void looked(boolean comesAgain) {
        lookedAt = System.nanoTime();
        isWatched = comesAgain;
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !THIS_MACHINE.matcher(host).matches()) {
                answer(exchange, 403, PLAIN, "Ask for 127.0.0.1 or localhost.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                answer(exchange, 405, PLAIN, "There is only a page to GET.\n");
            } else if (!"/".equals(exchange.getRequestURI().getRawPath())) {
                answer(exchange, 404, PLAIN, "There is only the page at /.\n");
            } else {
                show(exchange);
            }
        }
    }

    private void show(HttpExchange exchange) throws IOException {
        boolean comesAgain = isMoreToCome();
        if (comesAgain) { // not every page says it: one of a run that has ended does not, and another run may follow
            exchange.getResponseHeaders().set("Refresh", String.valueOf(Status.RELOAD_SECONDS));
            looked(true); // before it has the page: from then on the run may end
        }
        try {
            Optional<Path> file = page.get();
            if (file.isPresent()) {
                answer(exchange, 200, HTML, new String(storage.read(file.get()), UTF_8));
            } else {
                // A page like any other: browsers write a failure's status into their console.
                answer(exchange, 200, HTML, standIn("Nothing to show yet", "The first result comes here.", comesAgain));
            }
        } catch (FileException e) { // the run goes on, and the browser comes again
            LOG.info("The run's page was not read for a browser", e);
            answer(exchange, 503, HTML, standIn("The run's page cannot be read now", "The run goes on.", comesAgain));
        }
        looked(comesAgain);
    }

    private static String standIn(String title, String text, boolean comesAgain) {
        Optional<Status> status =
                comesAgain ? Optional.of(Status.running(text, Status.RELOAD_SECONDS)) : Optional.empty();
        return Document.of(title, "", status, List.of());
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        // The page has its style and pictures in it, and no script.
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            try (OutputStream out = exchange.getResponseBody()) { // what is buffered goes before the server may end
                out.write(body);
            }
        }
    }
}
