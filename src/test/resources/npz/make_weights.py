"""State dicts of small PyTorch networks and what they predict, for TorchWeightsTest and NpzFileTest:
python3 make_weights.py (made with torch 2.13 and numpy 2.4). fashion-cnn is narrower than the tutorial's, to stay small."""
import io
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.manual_seed(11)


class FashionCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 4, 5), nn.ReLU(), nn.MaxPool2d(2, 2),
                                  nn.Conv2d(4, 8, 5), nn.ReLU(), nn.MaxPool2d(2, 2))
        self.fc = nn.Sequential(nn.Linear(128, 16), nn.ReLU(), nn.Linear(16, 10))

    def forward(self, x):
        return self.fc(self.conv(x).flatten(1))


class AllConvolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 16, 3, stride=2, padding=1)
        self.c2 = nn.Conv2d(16, 16, 3, stride=2, padding=1)
        self.c3 = nn.Conv2d(16, 10, 3, stride=2, padding=1)

    def forward(self, x):
        x = F.relu(self.c3(F.relu(self.c2(F.relu(self.c1(x))))))
        return F.avg_pool2d(x, 4).flatten(1)


class BatchNormCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 4, 5, padding=2), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2))
        self.layer2 = nn.Sequential(nn.Conv2d(4, 8, 5, padding=2), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(7 * 7 * 8, 10)

    def forward(self, x):
        return self.fc(self.layer2(self.layer1(x)).flatten(1))


x = torch.rand(3, 1, 28, 28)
for name, net in [("fashion-cnn", FashionCnn()), ("all-convolutional", AllConvolutional()), ("batch-norm-cnn", BatchNormCnn())]:
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    for _ in range(5):  # weights, running means and variances that are not the initial ones
        optimizer.zero_grad()
        F.cross_entropy(net(torch.rand(32, 1, 28, 28)), torch.arange(32) % 10).backward()
        optimizer.step()
    net.eval()
    with torch.no_grad():
        p = F.softmax(net(x), 1).numpy()
    weights = {k: v.numpy() for k, v in net.state_dict().items()}
    save = np.savez_compressed if name == "batch-norm-cnn" else np.savez
    save(HERE / f"{name}.npz", **weights)
    np.savez_compressed(HERE / f"{name}-predictions.npz", x=x.numpy(), probabilities=p)

a = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
np.savez(HERE / "orders.npz", c=a, fortran=np.asfortranarray(a), scalar=np.int64(7), empty=a[:0], vector=a[0, 0])
np.savez(HERE / "objects.npz", o=np.array([{"a": 1}], dtype=object))
np.savez(HERE / "doubles.npz", d=np.zeros(3))


class Pipe(io.RawIOBase):
    """Takes bytes and cannot seek: np.savez then writes no sizes before an array."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


with open(HERE / "streamed.npz", "wb") as out:
    np.savez(Pipe(out), c=a, vector=a[0, 0])
