package io.github.sparkcnn.track.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A browser without a window, driven by the DevTools protocol: one page, one call after another. */
final class Chromium implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final WebSocket socket;
    private int calls;

    /** Where a browser of the kind is, if it is on the PATH. */
    static Optional<Path> executable() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with a profile of its own in the folder. */
    Chromium(Path executable, Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile());
        builder.environment().put("TMPDIR", folder.toString()); // where it leaves a socket behind
        process = builder.start();
        try {
            socket = connect(folder);
            for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
                call(domain + ".enable", Map.of());
            }
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private WebSocket connect(Path folder) throws Exception {
        Path port = folder.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("Chromium did not start: " + Files.readString(folder.resolve("chromium.log")));
            }
            Thread.sleep(50);
        }
        HttpClient client = HttpClient.newHttpClient();
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json");
        JsonNode found = JSON.readTree(client.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString())
                .body());
        URI page = StreamSupport.stream(found.spliterator(), false)
                .filter(target -> target.get("type").asText().equals("page"))
                .map(target -> URI.create(target.get("webSocketDebuggerUrl").asText()))
                .findFirst()
                .orElseThrow();
        return client.newWebSocketBuilder().buildAsync(page, new Messages()).get();
    }

    /** What the browser says, whole messages. */
    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    said.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** A call of the protocol, and what it returns. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ++calls;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get();
        while (true) {
            JsonNode message = next();
            if (message.path("id").asInt() == id) {
                return message.path("result");
            }
        }
    }

    private JsonNode next() throws Exception {
        JsonNode message = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IOException("Chromium says nothing");
        }
        if (message.has("method")) {
            events.add(message);
        }
        return message;
    }

    /** Opens a page and waits until it is there; what was heard before is forgotten. */
    void open(URI page) throws Exception {
        events.clear();
        call("Page.navigate", Map.of("url", page.toString()));
        while (heard("Page.loadEventFired").isEmpty()) {
            next();
        }
    }

    /** Waits until the page that is open has been read once more, by itself. */
    void awaitReload() throws Exception {
        int before = heard("Page.loadEventFired").size();
        while (heard("Page.loadEventFired").size() == before) {
            next();
        }
    }

    /** What was heard of a kind since the page was opened. */
    List<JsonNode> heard(String method) {
        return events.stream()
                .filter(event -> event.get("method").asText().equals(method))
                .map(event -> event.get("params"))
                .toList();
    }

    /** The value of an expression in the page. */
    JsonNode value(String expression) throws Exception {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** Presses a key. */
    void press(String key, int code, String text) throws Exception {
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "text", text, "windowsVirtualKeyCode", code));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    /** What the page is shown on. */
    void media(String medium, String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void width(int pixels) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    @Override
    public void close() {
        socket.abort();
        // All of them: the last ones would write into a folder that is being deleted.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
