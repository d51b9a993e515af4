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
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What speaks for the classes that the images of a report were taken for. They may be fewer than the images: no more is begun when the
 * time is over; the mistakes come first, but for images that somebody has chosen.
 *
 * @param mistakes of the first mistakes, in their order
 * @param samples of the first samples, or of the chosen images, in their order
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
     * What explains its own predictions.
     *
     * @param opened gives a replica of the network, which is closed again
     * @param scale from bytes to the network's input
     */
    public record Model(Supplier<Replica> opened, PixelScale scale, int classes) {

        /** A run that has trained its model does not fail over pictures: where there can be none, the log says why. */
        private Explanations explain(PackedImages images, Function<Occlusion, Explanations> explained) {
            try (Replica replica = opened.get()) {
                ReplicaScorer scorer = new ReplicaScorer(replica, images.shape(), scale, Occlusion.BATCH);
                return explained.apply(new Occlusion(images.shape(), classes, scorer::score));
            } catch (RuntimeException | LinkageError e) { // an engine's library may be missing
                LOG.warn("The report does not show what speaks for the predicted classes", e);
                return NONE;
            }
        }
    }

    /**
     * Predicts {@link Occlusion#PREDICTIONS} images for each image that the report shows, at most 1,200, for at most five seconds and an
     * image.
     */
    public static Explanations of(Model model, List<Mistake> mistakes, Optional<PackedImages> samples) {
        return of(model, mistakes, samples, PATIENCE);
    }

    static Explanations of(Model model, List<Mistake> mistakes, Optional<PackedImages> samples, Duration patience) {
        return samples.or(() -> mistakes.stream().map(Mistake::image).findFirst())
                .map(any -> model.explain(any, occlusion -> {
                    long end = System.nanoTime() + patience.toNanos();
                    List<Evidence> ofMistakes = ofMistakes(end, occlusion, mistakes);
                    int shown = samples.map(images -> Math.min(RunReport.SAMPLES, images.size()))
                            .orElse(0);
                    return new Explanations(
                            ofMistakes, inTime(end, shown, i -> occlusion.ofPrediction(samples.orElseThrow(), i)));
                }))
                .orElse(NONE);
    }

    /** All of the images that somebody has chosen, however long that takes, and then the mistakes, for at most five seconds. */
    public static Explanations ofChosen(Model model, PackedImages chosen, List<Mistake> mistakes) {
        return ofChosen(model, chosen, mistakes, PATIENCE);
    }

    static Explanations ofChosen(Model model, PackedImages chosen, List<Mistake> mistakes, Duration patience) {
        return model.explain(chosen, occlusion -> {
            List<Evidence> ofChosen = IntStream.range(0, chosen.size())
                    .mapToObj(i -> occlusion.ofPrediction(chosen, i))
                    .toList();
            return new Explanations(ofMistakes(System.nanoTime() + patience.toNanos(), occlusion, mistakes), ofChosen);
        });
    }

    private static List<Evidence> ofMistakes(long end, Occlusion occlusion, List<Mistake> mistakes) {
        return inTime(
                end,
                Math.min(RunReport.MISTAKES, mistakes.size()),
                i -> occlusion.of(mistakes.get(i).image(), 0, mistakes.get(i).predicted()));
    }

    private static List<Evidence> inTime(long end, int count, IntFunction<Evidence> explain) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count && System.nanoTime() - end < 0; i++) {
            evidence.add(explain.apply(i));
        }
        return evidence;
    }
}
