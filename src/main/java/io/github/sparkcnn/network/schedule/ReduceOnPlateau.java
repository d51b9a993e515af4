package io.github.sparkcnn.network.schedule;

/**
 * The rate times {@code factor} when the validation loss has not fallen below best · (1 − threshold) for more than
 * {@code patience} epochs (torch.optim.lr_scheduler.ReduceLROnPlateau with mode "min" and threshold_mode "rel").
 *
 * @param cooldown epochs after a reduction in which none counts as bad
 * @param minimum of the rate
 */
record ReduceOnPlateau(
        double factor, int patience, double threshold, int cooldown, double minimum, PlateauState current)
        implements LearningRateSchedule {

    /** PyTorch's {@code eps}: a smaller change of the rate is not made. */
    private static final double SMALLEST_CHANGE = 1e-8;

    @Override
    public double rate(long iteration) {
        return current.rate();
    }

    @Override
    public LearningRateSchedule afterEpoch(double validationLoss) {
        boolean better = validationLoss < current.best() * (1 - threshold);
        double best = better ? validationLoss : current.best();
        int badEpochs = better ? 0 : current.badEpochs() + 1;
        int cooldownLeft = current.cooldownLeft();
        if (cooldownLeft > 0) {
            cooldownLeft--;
            badEpochs = 0;
        }
        return badEpochs > patience
                ? in(new PlateauState(reduced(), best, 0, cooldown))
                : in(new PlateauState(current.rate(), best, badEpochs, cooldownLeft));
    }

    private double reduced() {
        double rate = Math.max(current.rate() * factor, minimum);
        return current.rate() - rate > SMALLEST_CHANGE ? rate : current.rate();
    }

    @Override
    public boolean followsTheLoss() {
        return true;
    }

    private LearningRateSchedule in(PlateauState state) {
        return new ReduceOnPlateau(factor, patience, threshold, cooldown, minimum, state);
    }
}
