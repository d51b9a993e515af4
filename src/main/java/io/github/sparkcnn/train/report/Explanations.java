package io.github.sparkcnn.train.report;

import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.explain.Occlusion;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.predict.ReplicaScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What speaks for the classes that the images of a report were taken for. They may be fewer than the images: no more is begun when the
 * time is over, the mistakes come first.
 *
 * @param mistakes of the first mistakes, in their order
 * @param samples of the first samples, in their order
 */
public record Explanations(List<Evidence> mistakes, List<Evidence> samples) {

    private static final Logger LOG = LoggerFactory.getLogger(Explanations.class);

    /** Of no image. */
    public static final Explanations NONE = new Explanations(List.of(), List.of());

    /** On a processor's core fashion-cnn needs a fifth of a second for all, residual-cnn two. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public Explanations {
        mistakes = List.copyOf(mistakes);
        samples = List.copyOf(samples);
    }

    /**
     * Predicts {@link Occlusion#PREDICTIONS} images for each image that the report shows, at most 1,200, for at most five seconds and an
     * image. A run that has trained its model does not fail over pictures: where there can be none, the log says why.
     *
     * @param opened a replica of the network, which is closed again
     * @param scale from bytes to the network's input
     */
    public static Explanations of(
            Supplier<Replica> opened,
            PixelScale scale,
            int classes,
            List<Mistake> mistakes,
            Optional<PackedImages> samples) {
        try (Replica replica = opened.get()) {
            return of(replica, scale, classes, mistakes, samples, PATIENCE);
        } catch (RuntimeException | LinkageError e) { // an engine's library may be missing
            LOG.warn("The report does not show what speaks for the predicted classes", e);
            return NONE;
        }
    }

    static Explanations of(
            Replica replica,
            PixelScale scale,
            int classes,
            List<Mistake> mistakes,
            Optional<PackedImages> samples,
            Duration patience) {
        Optional<PackedImages> first =
                samples.or(() -> mistakes.stream().map(Mistake::image).findFirst());
        if (first.isEmpty()) {
            return NONE;
        }
        Occlusion occlusion = occlusion(replica, scale, classes, first.get());
        long end = System.nanoTime() + patience.toNanos();
        List<Evidence> ofMistakes = inTime(
                end,
                Math.min(RunReport.MISTAKES, mistakes.size()),
                i -> occlusion.of(mistakes.get(i).image(), 0, mistakes.get(i).predicted()));
        List<Evidence> ofSamples = inTime(
                end,
                samples.map(images -> Math.min(RunReport.SAMPLES, images.size()))
                        .orElse(0),
                i -> occlusion.ofPrediction(samples.orElseThrow(), i));
        return new Explanations(ofMistakes, ofSamples);
    }

    private static Occlusion occlusion(Replica replica, PixelScale scale, int classes, PackedImages images) {
        ReplicaScorer scorer = new ReplicaScorer(replica, images.shape(), scale, Occlusion.BATCH);
        return new Occlusion(images.shape(), classes, scorer::score);
    }

    private static List<Evidence> inTime(long end, int count, IntFunction<Evidence> explain) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count && System.nanoTime() - end < 0; i++) {
            evidence.add(explain.apply(i));
        }
        return evidence;
    }
}
