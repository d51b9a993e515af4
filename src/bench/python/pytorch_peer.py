"""The same networks in PyTorch, tensors in memory: images a second of training steps and of inference, in every form that
makes PyTorch faster without changing the numbers' precision.

python3 pytorch_peer.py NETWORK BATCH THREADS [--seconds S] [--device cpu|cuda] [--precision float32|tf32|bf16]
prints one line a form: engine network batch threads form train|predict images/s images/cpu-second
Forms: default (the tensors' default layout), channels-last, and for prediction frozen (channels-last, traced, frozen and
optimized for inference; on a CPU, in bf16 without the last). On a GPU every step copies its images there and its result back. Freed memory is kept by the process: given back at every step, it costs a fifth of the time.
"""
import argparse, copy, ctypes, time
import torch, torch.nn as nn, torch.nn.functional as F


def fashion_cnn():
    return nn.Sequential(nn.Conv2d(1, 32, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.3),
                         nn.Conv2d(32, 64, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.3),
                         nn.Flatten(), nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 10))


def all_convolutional():
    return nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 16, 3, 2, 1), nn.ReLU(),
                         nn.Conv2d(16, 10, 3, 2, 1), nn.ReLU(), nn.AvgPool2d(4), nn.Flatten())


def batch_norm_cnn():
    return nn.Sequential(nn.Conv2d(1, 16, 5, padding=2), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(16, 32, 5, padding=2), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1568, 10))


def normalized(inputs, maps, kernel, stride):
    return nn.Sequential(nn.Conv2d(inputs, maps, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(maps))


class Block(nn.Module):
    """Two convolutions beside a shortcut, which is a 1x1 convolution where the shape changes."""

    def __init__(self, inputs, maps, stride):
        super().__init__()
        self.first, self.second = normalized(inputs, maps, 3, stride), normalized(maps, maps, 3, 1)
        self.shortcut = nn.Identity() if inputs == maps and stride == 1 else normalized(inputs, maps, 1, stride)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


def residual_cnn():
    return nn.Sequential(normalized(1, 32, 3, 1), nn.ReLU(),
                         Block(32, 32, 1), Block(32, 64, 2), Block(64, 64, 1), Block(64, 128, 2),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10))


def resnet(depth, width, channels=3):
    """ResNet of He et al., section 4.2, for 32x32: 6n + 2 layers, shortcuts of option B."""
    layers, inputs = [normalized(channels, width, 3, 1), nn.ReLU()], width
    for stage in range(3):
        for block in range((depth - 2) // 6):
            layers.append(Block(inputs, width << stage, 2 if stage > 0 and block == 0 else 1))
            inputs = width << stage
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 10))


def mobilenet(width=32, channels=3):
    """Five depthwise separable blocks, as Howard et al., 2017."""
    layers, inputs = [normalized(channels, width, 3, 1), nn.ReLU()], width
    for stride, maps in ((1, 2), (2, 4), (1, 4), (2, 8), (1, 8)):
        layers += [nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.ReLU(),
                   normalized(inputs, maps * width, 1, 1), nn.ReLU()]
        inputs = maps * width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 10))


NETWORKS = {"fashion-cnn": fashion_cnn, "all-convolutional": all_convolutional, "batch-norm-cnn": batch_norm_cnn,
            "residual-cnn": residual_cnn}


def rate(step, batch, seconds):
    """Images a second, and a second of processor time, which a busy machine disturbs less."""
    images, start, cpu = 0, time.perf_counter(), time.process_time()
    while images == 0 or time.perf_counter() - start < seconds:
        step()
        images += batch
    return images / (time.perf_counter() - start), images / (time.process_time() - cpu)


def keep_freed_memory():
    """glibc's M_MMAP_MAX and M_TRIM_THRESHOLD."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(-4, 0)
        libc.mallopt(-1, 2**31 - 1)


def training(net, x, y, sgd, device, bf16):
    opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9) if sgd else torch.optim.Adam(net.parameters(), lr=1e-3)

    def step():
        opt.zero_grad()
        with torch.autocast(device, torch.bfloat16, enabled=bf16):
            logits = net(x.to(device))
        loss = F.cross_entropy(logits.float(), y.to(device))
        loss.backward()
        opt.step()
        return loss.item()

    return step


def prediction(net, x, device, bf16):
    def step():
        with torch.inference_mode(), torch.autocast(device, torch.bfloat16, enabled=bf16):
            return F.softmax(net(x.to(device)).float(), 1).cpu()

    return step


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("network", choices=NETWORKS)
    arguments.add_argument("batch", type=int)
    arguments.add_argument("threads", type=int)
    arguments.add_argument("--seconds", type=float, default=2)
    arguments.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    arguments.add_argument("--precision", choices=("float32", "tf32", "bf16"), default="float32")
    a = arguments.parse_args()
    keep_freed_memory()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = a.precision == "tf32"
    how = a.device, a.precision == "bf16"
    net = NETWORKS[a.network]().to(a.device)
    # The pixels of Images.inMemory.
    x = (torch.arange(a.batch * 784) * 7919 % 256 / 255).reshape(-1, 1, 28, 28)
    y = torch.arange(a.batch) % 10
    sgd = a.network in ("all-convolutional", "residual-cnn")
    last = copy.deepcopy(net).to(memory_format=torch.channels_last)
    x_last = x.to(memory_format=torch.channels_last)
    evaluated = copy.deepcopy(last).eval()
    forms = [
        ("default", "train", training(net.train(), x, y, sgd, *how)),
        ("channels-last", "train", training(last.train(), x_last, y, sgd, *how)),
        ("default", "predict", prediction(copy.deepcopy(net).eval(), x, *how)),
        ("channels-last", "predict", prediction(evaluated, x_last, *how)),
    ]
    if a.device == "cpu":
        # In bf16 the conversions are in what is traced: autocast is then off.
        with torch.autocast("cpu", torch.bfloat16, enabled=a.precision == "bf16", cache_enabled=False):
            frozen = torch.jit.freeze(torch.jit.trace(evaluated, x_last))
        frozen = frozen if a.precision == "bf16" else torch.jit.optimize_for_inference(frozen)
        forms.append(("frozen", "predict", prediction(frozen, x_last, "cpu", False)))
    for form, what, step in forms:
        rate(step, a.batch, max(1.5, a.seconds) if a.seconds else 0)
        wall, cpu = rate(step, a.batch, a.seconds)
        print(f"pytorch {a.network} {a.batch} {a.threads} {form} {what} {wall:.0f} {cpu:.0f}", flush=True)


if __name__ == "__main__":
    main()
