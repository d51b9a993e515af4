package io.github.sparkcnn.network.schedule;

/**
 * From the base rate down to {@code minimum} along half a cosine over all iterations: minimum + (base − minimum) ·
 * (1 + cos(π · iteration / iterations)) / 2 (torch.optim.lr_scheduler.CosineAnnealingLR stepped every minibatch with T_max =
 * iterations; Loshchilov and Hutter, "SGDR", 2017, equation 5).
 */
record Cosine(double base, double minimum, long iterations) implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        double done = Math.min(1, (double) iteration / iterations);
        return minimum + (base - minimum) * (1 + Math.cos(Math.PI * done)) / 2;
    }

    @Override
    public boolean stretchesOverTheRun() {
        return true;
    }
}
