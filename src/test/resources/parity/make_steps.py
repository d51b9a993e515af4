"""Losses under class weights and gradient clipping, computed with PyTorch: make_steps.py steps.json.

Networks, parameters and minibatch are those of make_parity.py. The loss is CrossEntropyLoss(weight=w), the gradient is clipped by
torch.nn.utils.clip_grad_norm_ or clip_grad_value_ between backward() and step().
"""
import json, sys
import torch, torch.nn.functional as F
from make_parity import AllConvolutional, BatchNormCnn, batch, load

WEIGHTS = [1, 1, 1, 1, 3, 0.5, 1, 2, 1, 1]


def run(name, net, optimizer, steps, weights=None, norm=None, value=None):
    load(net)
    net.train()
    x, y = batch(32)
    o = optimizer(net.parameters())
    w = None if weights is None else torch.tensor(weights, dtype=torch.float32)
    losses, norms = [], []
    for _ in range(steps):
        o.zero_grad()
        loss = F.cross_entropy(net(x), y, weight=w)
        loss.backward()
        norms.append(torch.nn.utils.get_total_norm([p.grad for p in net.parameters()]).item())
        if norm is not None:
            torch.nn.utils.clip_grad_norm_(net.parameters(), norm)
        if value is not None:
            torch.nn.utils.clip_grad_value_(net.parameters(), value)
        o.step()
        losses.append(loss.item())
    return {"network": name, "weights": weights or [], "norm": norm, "value": value, "losses": losses, "norms": norms}


sgd = lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)
adam = lambda p: torch.optim.Adam(p, lr=1e-3)
cases = [
    run("all-convolutional", AllConvolutional(), sgd, 8),
    run("all-convolutional", AllConvolutional(), sgd, 8, weights=WEIGHTS),
    run("all-convolutional", AllConvolutional(), sgd, 8, norm=0.01),
    run("all-convolutional", AllConvolutional(), sgd, 8, value=0.001),
    run("all-convolutional", AllConvolutional(), sgd, 8, weights=WEIGHTS, norm=0.02),
    run("batch-norm-cnn", BatchNormCnn(), adam, 6, weights=WEIGHTS),
    run("batch-norm-cnn", BatchNormCnn(), adam, 6, value=0.005),
]
json.dump({"torch": torch.__version__, "cases": cases}, open(sys.argv[1], "w"), indent=1)
