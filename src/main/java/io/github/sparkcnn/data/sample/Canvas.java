package io.github.sparkcnn.data.sample;

/**
 * A square grey image on which shapes are drawn by their signed distance: coverage is ½ − distance in pixels, clamped to
 * [0, 1], so edges are smooth. Drawing coordinates run from −1 to 1, right and down, before the pose is applied.
 */
final class Canvas {
    private final int side;
    private final float[] values;
    private final Pose pose;

    Canvas(int side, Pose pose) {
        this.side = side;
        this.values = new float[side * side];
        this.pose = pose;
    }

    /** Where a drawing point comes to lie: {@code x' = a·x + b·y + dx}, {@code y' = c·x + d·y + dy}, in half-widths. */
    record Pose(double a, double b, double c, double d, double dx, double dy) {
        double x(double x, double y) {
            return a * x + b * y + dx;
        }

        double y(double x, double y) {
            return c * x + d * y + dy;
        }
    }

    /** What a shape is filled with at a pixel, 0 … 1. */
    @FunctionalInterface
    interface Paint {
        double at(int x, int y);
    }

    float[] values() {
        return values;
    }

    /** Fills a polygon, given as x, y, x, y …, rounded by {@code radius} pixels. */
    void polygon(Paint paint, double radius, double... points) {
        int n = points.length / 2;
        double[] xs = new double[n];
        double[] ys = new double[n];
        for (int i = 0; i < n; i++) {
            xs[i] = pixel(pose.x(points[2 * i], points[2 * i + 1]));
            ys[i] = pixel(pose.y(points[2 * i], points[2 * i + 1]));
        }
        fill(paint, radius, xs, ys);
    }

    /** Draws a line of a thickness in drawing units with round ends. */
    void line(Paint paint, double thickness, double x1, double y1, double x2, double y2) {
        polygon(paint, thickness * side / 4, x1, y1, x2, y2);
    }

    private double pixel(double coordinate) {
        return (coordinate + 1) / 2 * side - 0.5;
    }

    private void fill(Paint paint, double radius, double[] xs, double[] ys) {
        int left = Math.max(0, (int) Math.floor(least(xs) - radius - 1));
        int right = Math.min(side - 1, (int) Math.ceil(-least(negated(xs)) + radius + 1));
        int top = Math.max(0, (int) Math.floor(least(ys) - radius - 1));
        int bottom = Math.min(side - 1, (int) Math.ceil(-least(negated(ys)) + radius + 1));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double coverage = Math.min(1, Math.max(0, 0.5 + radius - distance(xs, ys, x, y)));
                if (coverage > 0) {
                    float below = values[y * side + x];
                    values[y * side + x] = (float) (below + coverage * (paint.at(x, y) - below));
                }
            }
        }
    }

    /** Signed distance to a polygon, negative inside (Inigo Quilez, "2D distance functions": sdPolygon). */
    private static double distance(double[] xs, double[] ys, double x, double y) {
        double squared = Double.MAX_VALUE;
        boolean inside = false;
        for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
            double ex = xs[j] - xs[i];
            double ey = ys[j] - ys[i];
            double wx = x - xs[i];
            double wy = y - ys[i];
            double t = Math.min(1, Math.max(0, (wx * ex + wy * ey) / (ex * ex + ey * ey + 1e-12)));
            double bx = wx - ex * t;
            double by = wy - ey * t;
            squared = Math.min(squared, bx * bx + by * by);
            boolean crosses = (ys[i] > y) != (ys[j] > y);
            if (crosses && x < ex * (y - ys[i]) / ey + xs[i]) {
                inside = !inside;
            }
        }
        return inside ? -Math.sqrt(squared) : Math.sqrt(squared);
    }

    private static double least(double[] values) {
        double least = values[0];
        for (double value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static double[] negated(double[] values) {
        double[] negated = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            negated[i] = -values[i];
        }
        return negated;
    }
}
