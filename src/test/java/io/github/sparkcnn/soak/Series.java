package io.github.sparkcnn.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One figure of one process over the epochs. */
record Series(Figure figure, String process, List<Point> points) {

    private static final int PER = 100;

    record Point(int epoch, double value) {}

    Series(Figure figure, String process) {
        this(figure, process, new ArrayList<>());
    }

    void add(int epoch, double value) {
        points.add(new Point(epoch, value));
    }

    /** What a hundred epochs add in the second half: the median of all pairs' slopes (Theil and Sen), for single samples dip and peak. */
    double growth() {
        List<Point> half = points.subList(points.size() / 2, points.size());
        double[] slopes = IntStream.range(0, half.size())
                .boxed()
                .flatMap(i -> half.subList(i + 1, half.size()).stream().map(later -> slope(half.get(i), later)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return PER * (slopes[slopes.length / 2] + slopes[(slopes.length - 1) / 2]) / 2;
    }

    private static double slope(Point one, Point later) {
        return (later.value() - one.value()) / (later.epoch() - one.epoch());
    }

    boolean isFlat() {
        return growth() <= figure.bound();
    }

    @Override
    public String toString() {
        return "%-30s %-11s %9.1f %9.1f %9.1f %+8.2f of %4.1f  %s"
                .formatted(
                        figure.title(),
                        process,
                        points.get(0).value(),
                        points.get(points.size() / 2).value(),
                        points.get(points.size() - 1).value(),
                        growth(),
                        figure.bound(),
                        isFlat() ? "flat" : "GROWS");
    }
}
