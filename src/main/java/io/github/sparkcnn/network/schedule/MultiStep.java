package io.github.sparkcnn.network.schedule;

import java.util.List;

/**
 * The rate times {@code factor} at the beginning of each of the epochs {@code milestones}, counted from 0: base · factor^(number
 * of milestones ≤ epoch) (torch.optim.lr_scheduler.MultiStepLR).
 */
record MultiStep(double base, double factor, List<Integer> milestones, long iterationsPerEpoch)
        implements LearningRateSchedule {

    MultiStep {
        milestones = List.copyOf(milestones);
    }

    @Override
    public double rate(long iteration) {
        long epoch = iteration / iterationsPerEpoch;
        long passed =
                milestones.stream().filter(milestone -> milestone <= epoch).count();
        return base * Math.pow(factor, (double) passed);
    }
}
