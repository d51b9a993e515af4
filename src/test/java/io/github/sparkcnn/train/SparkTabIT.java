package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.submit.StandaloneCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's tab on the page of the Spark under test, in a process of its own. */
@Tag("cluster")
class SparkTabIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Any but the first, which is over while the driver is held, and so may the second be. */
    private static final Pattern GOES_ON =
            Pattern.compile("Epoch [2-6] of 6: \\d+ %, loss \\d\\.\\d{4}, .*\\d (s|min) left\\.");

    private final HttpClient browser = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private int port;

    @Test
    void isThereAsLongAsTheRunGoesOn() throws IOException, InterruptedException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 3000, 1);
        Path held = folder.resolve("go-on");
        port = StandaloneCluster.freePort();
        List<String> arguments = new ArrayList<>(List.of(folder.resolve("run").toString()));
        arguments.addAll(SmallRuns.manySteps(folder.resolve("train.csv")));
        arguments.add("training.epochs=6");
        try (RunProcess run = RunProcess.start(
                folder.resolve("log"),
                Map.of(
                        "spark.master",
                        "local[2]",
                        "spark.ui.enabled",
                        "true",
                        "spark.ui.port",
                        Integer.toString(port),
                        RunProcess.HELD,
                        held.toString()),
                RunProcess.Driver.class,
                arguments)) {
            run.awaitOutput(RunProcess.HOLDING, PATIENCE);

            HttpResponse<String> page = get("/training/");
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.body())
                    .contains("all-convolutional on ", "Epoch 1 of 6 is done.", "Every epoch in figures", "<polyline");
            assertThat(get("/jobs/").body()).contains("href=\"/training/\"", "Training</a>");

            Files.createFile(held);
            while (!GOES_ON.matcher(get("/training/").body()).find()) {
                assertThat(run.isAlive()).as(run.output()).isTrue();
                Thread.sleep(50);
            }
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            assertThat(run.output()).doesNotContain("Spark's page has no tab");
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> answer = browser.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer;
    }
}
