package io.github.sparkcnn.predict;

import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.explain.Occlusion;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.kernel.BackendReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;

/** In a task: what speaks for a class, image by image. */
final class ExplainImages implements FlatMapFunction<Iterator<Predictions.Asked>, Evidence> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<ScorerSource> source;
    private final CollectionAccumulator<BackendReport> shortfalls;
    private final int classes;

    /** @param shortfalls hears of every scorer that computes on less than was asked for */
    ExplainImages(Broadcast<ScorerSource> source, CollectionAccumulator<BackendReport> shortfalls, int classes) {
        this.source = source;
        this.shortfalls = shortfalls;
        this.classes = classes;
    }

    @Override
    public Iterator<Evidence> call(Iterator<Predictions.Asked> images) {
        List<Evidence> evidence = new ArrayList<>();
        try (Scorer scorer = source.value().open(Occlusion.BATCH, PredictRows.telling(shortfalls))) {
            while (images.hasNext()) {
                Predictions.Asked asked = images.next();
                PackedImages image = asked.image();
                evidence.add(new Occlusion(image.shape(), classes, scorer::score).of(image, 0, asked.label()));
            }
        }
        return evidence.iterator();
    }
}
