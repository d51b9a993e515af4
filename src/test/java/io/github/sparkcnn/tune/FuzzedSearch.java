package io.github.sparkcnn.tune;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.track.EpochMetrics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code tune.json} of a search that is gone on with: what is shown of it, and which trial is next. */
public record FuzzedSearch(Scratch scratch) implements OutsideReader {
    private static final int TRIALS = 3;

    public FuzzedSearch() {
        this(new Scratch());
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<byte[]> seeds() {
        List<EpochMetrics> epochs = List.of(
                new EpochMetrics(1, 0.5, 0.4, 0.9, 0.1, 3, 1.5, 2, 2),
                new EpochMetrics(2, 0, 1e-9, 1.0, 0.1, 3, 1, 3, 2));
        Map<String, String> settings = Map.of("training.batch-size", "32");
        Search search = new Search(
                "best-loss",
                TRIALS,
                List.of(1, 2),
                1,
                List.of(
                        Trial.trained(1, settings, Trial.Status.FINISHED, Objective.BEST_LOSS, epochs),
                        Trial.trained(2, settings, Trial.Status.STOPPED, Objective.BEST_LOSS, epochs.subList(0, 1)),
                        new Trial(3, settings, Trial.Status.DIVERGED, null, List.of(), "the loss became NaN")),
                Map.of("--by", "best-loss", "training.seed", "1"));
        return List.of(Json.page(search).getBytes(UTF_8), "null".getBytes(UTF_8), "{}".getBytes(UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of(
                "null", "{}", "[]", "\"", ",", "\"NaN\"", "1e999", "-1", "\"failed\"", "\"stopped\"", "\"loss\"");
    }

    @Override
    public void read(byte[] input) throws IOException {
        scratch.file("tune.json", input);
        SearchFolder folder = new SearchFolder(Scratch.STORAGE, scratch.root().getPath());
        folder.read().ifPresent(search -> {
            search.with(search.trials()).bestTrial();
            search.text();
            folder.finish(search);
            new Promotions(List.of(1, Promotions.TO_THE_END), 2, Objective.BEST_LOSS)
                    .next(search.trials(), Set.of(), TRIALS);
        });
    }

    @Override
    public int tries() {
        return 300;
    }
}
