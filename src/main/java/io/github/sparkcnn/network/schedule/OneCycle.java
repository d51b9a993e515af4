package io.github.sparkcnn.network.schedule;

/**
 * Up from maximum / initialDivisor to the maximum in the first part of the iterations, then down to maximum / initialDivisor /
 * finalDivisor, both along half a cosine (torch.optim.lr_scheduler.OneCycleLR with anneal_strategy "cos" and three_phase False;
 * Smith and Topin, "Super-Convergence", 2018).
 *
 * @param risingFraction of the iterations, PyTorch's {@code pct_start}
 */
record OneCycle(double maximum, double risingFraction, double initialDivisor, double finalDivisor, long iterations)
        implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        double first = maximum / initialDivisor;
        double top = risingFraction * iterations - 1;
        double last = iterations - 1.0;
        return iteration <= top
                ? annealed(first, maximum, iteration / top)
                : annealed(maximum, first / finalDivisor, Math.min(1, (iteration - top) / (last - top)));
    }

    @Override
    public boolean stretchesOverTheRun() {
        return true;
    }

    private static double annealed(double from, double to, double done) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * done));
    }
}
