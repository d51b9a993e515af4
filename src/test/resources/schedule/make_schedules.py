"""Learning rates printed by PyTorch's own schedulers, for LearningRateSchedulesTest: python3 make_schedules.py > schedules.json

Five epochs of four iterations. A scheduler that PyTorch's documentation steps once an epoch is stepped once an epoch here, and
its rate stands for all iterations of the epoch. Made with torch 2.13.
"""
import json
import sys

import torch
from torch.optim import lr_scheduler as s

EPOCHS, PER_EPOCH, BASE = 5, 4, 0.2
LOSSES = [1.0, 0.9, 0.91, 0.9, 0.89999, 0.95, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]


def rates(make, every, warm_up=0, start=1 / 3):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = make(optimizer)
    out = []
    for i in range(EPOCHS * PER_EPOCH):
        rate = optimizer.param_groups[0]["lr"]
        out.append(rate)
        optimizer.step()
        if i + 1 < EPOCHS * PER_EPOCH and (i + 1) % every == 0:
            scheduler.step()
    if warm_up:  # LinearLR on a constant rate of 1 gives the factors
        linear = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = s.LinearLR(linear, start_factor=start, total_iters=warm_up)
        for i in range(len(out)):
            out[i] *= linear.param_groups[0]["lr"]
            linear.step()
            scheduler.step()
    return out


def plateau(**options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = s.ReduceLROnPlateau(optimizer, **options)
    out = [BASE]
    for loss in LOSSES:
        optimizer.step()
        scheduler.step(loss)
        out.append(optimizer.param_groups[0]["lr"])
    return out


def case(name, keys, rates):
    return {"name": name, "keys": keys, "rates": rates}


total = EPOCHS * PER_EPOCH
json.dump({
    "torch": torch.__version__, "base": BASE, "epochs": EPOCHS, "iterations_per_epoch": PER_EPOCH, "losses": LOSSES,
    "by_iteration": [
        case("constant", {}, rates(lambda o: s.ConstantLR(o, factor=1), 1)),
        case("step", {"epochs": 2}, rates(lambda o: s.StepLR(o, 2), PER_EPOCH)),
        case("step", {"epochs": 1, "factor": 0.7}, rates(lambda o: s.StepLR(o, 1, 0.7), PER_EPOCH)),
        case("multi-step", {"milestones": [1, 3], "factor": 0.5}, rates(lambda o: s.MultiStepLR(o, [1, 3], 0.5), PER_EPOCH)),
        case("exponential", {"factor": 0.9}, rates(lambda o: s.ExponentialLR(o, 0.9), PER_EPOCH)),
        case("cosine", {}, rates(lambda o: s.CosineAnnealingLR(o, total), 1)),
        case("cosine", {"minimum": 0.01}, rates(lambda o: s.CosineAnnealingLR(o, total, 0.01), 1)),
        case("one-cycle", {}, rates(lambda o: s.OneCycleLR(o, BASE, total), 1)),
        case("one-cycle", {"rising-fraction": 0.5, "initial-divisor": 10, "final-divisor": 100},
             rates(lambda o: s.OneCycleLR(o, BASE, total, pct_start=0.5, div_factor=10, final_div_factor=100), 1)),
        case("step", {"epochs": 2, "warm-up-epochs": 1.5}, rates(lambda o: s.StepLR(o, 2), PER_EPOCH, warm_up=6)),
        case("cosine", {"warm-up-epochs": 1, "warm-up-start": 0.1},
             rates(lambda o: s.CosineAnnealingLR(o, total), 1, warm_up=4, start=0.1)),
    ],
    "by_epoch": [
        case("reduce-on-plateau", {"patience": 1}, plateau(patience=1)),
        case("reduce-on-plateau", {"patience": 0, "factor": 0.5, "cooldown": 2, "minimum": 0.02, "threshold": 0.01},
             plateau(patience=0, factor=0.5, cooldown=2, min_lr=0.02, threshold=0.01)),
        case("reduce-on-plateau", {}, plateau()),
    ],
}, sys.stdout, indent=1)
print()
