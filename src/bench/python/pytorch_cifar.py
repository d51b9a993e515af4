"""conf/cifar-10.conf in PyTorch: the same ResNet-14, recipe and files, as one minibatch of 128 where two workers have 64 each.

python3 pytorch_cifar.py IMAGES [THREADS] [EPOCHS]      IMAGES: a folder or a zip, train/CLASS/*.jpg and test/CLASS/*.jpg in it
prints a line of JSON an epoch, as metrics.jsonl has it. Needs torch, numpy and pillow. The tensors are channels-last, which is
PyTorch's fastest form here.
"""
import io, json, sys, time, zipfile
from pathlib import Path
import numpy as np
import torch, torch.nn.functional as F
from PIL import Image
from pytorch_peer import keep_freed_memory, resnet

BATCH, RATE, MOMENTUM, DECAY, PADDING, CUTOUT, SIDE = 128, 0.1, 0.9, 5e-4, 4, 8, 32


def files(source):
    """(path, bytes) of every JPEG, sorted by path."""
    if source.is_dir():
        yield from ((path.relative_to(source).as_posix(), path.read_bytes()) for path in sorted(source.rglob("*.jpg")))
    else:
        with zipfile.ZipFile(source) as archive:
            yield from ((name, archive.read(name)) for name in sorted(archive.namelist()) if name.endswith(".jpg"))


def read(source):
    """Of train and test: images [n, 3, 32, 32] of bytes and labels, classes in the order of their names."""
    images = {"train": ([], []), "test": ([], [])}
    for path, content in files(source):
        part, name = path.split("/")[-3:-1]
        images[part][0].append(np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).transpose(2, 0, 1))
        images[part][1].append(name)
    names = sorted(set(images["train"][1]))
    return {part: (torch.from_numpy(np.stack(x)), torch.tensor([names.index(name) for name in y]))
            for part, (x, y) in images.items()}


def augmented(x):
    """Each image mirrored or not, shifted by up to 4 pixels with black coming in, and black in a square of 8 around a random pixel."""
    n = len(x)
    x = torch.where((torch.rand(n) < 0.5).view(-1, 1, 1, 1), x.flip(3), x)
    x = F.pad(x, [PADDING] * 4)
    rows = torch.randint(0, 2 * PADDING + 1, (n, 1)) + torch.arange(SIDE)
    columns = torch.randint(0, 2 * PADDING + 1, (n, 1)) + torch.arange(SIDE)
    x = x[torch.arange(n).view(n, 1, 1, 1), torch.arange(3).view(1, 3, 1, 1), rows.view(n, 1, SIDE, 1), columns.view(n, 1, 1, SIDE)]
    return x.masked_fill((hidden(n).unsqueeze(2) & hidden(n).unsqueeze(1)).unsqueeze(1), 0)


def hidden(n):
    """Which rows, or columns, of n images are within CUTOUT of a random one."""
    first = torch.randint(0, SIDE, (n, 1)) - CUTOUT // 2
    return (torch.arange(SIDE) >= first) & (torch.arange(SIDE) < first + CUTOUT)


def main():
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 25
    keep_freed_memory()
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    data = read(Path(sys.argv[1]))
    (x, y), (x_test, y_test) = data["train"], data["test"]
    unit = x.float() / 255
    mean, deviation = unit.mean((0, 2, 3)).view(1, 3, 1, 1), unit.std((0, 2, 3), correction=0).view(1, 3, 1, 1)
    del unit

    def features(images):
        return ((images.float() / 255 - mean) / deviation).contiguous(memory_format=torch.channels_last)

    net = resnet(14, 32).to(memory_format=torch.channels_last)
    weights = [p for p in net.parameters() if p.ndim > 1]  # ours decays weights only, not biases or normalisations
    others = [p for p in net.parameters() if p.ndim == 1]
    opt = torch.optim.SGD([{"params": weights, "weight_decay": DECAY}, {"params": others}], RATE, MOMENTUM)
    steps = -(-len(x) // BATCH)
    course = torch.optim.lr_scheduler.OneCycleLR(opt, RATE, total_steps=epochs * steps, cycle_momentum=False)
    for epoch in range(1, epochs + 1):
        start, total = time.perf_counter(), 0.0
        net.train()
        for batch in torch.randperm(len(x)).split(BATCH):
            opt.zero_grad()
            loss = F.cross_entropy(net(features(augmented(x[batch]))), y[batch])
            loss.backward()
            opt.step()
            course.step()
            total += loss.item() * len(batch)
        trained = time.perf_counter() - start
        net.eval()
        with torch.inference_mode():
            logits = torch.cat([net(features(part)) for part in x_test.split(BATCH)])
        print(json.dumps({
            "epoch": epoch,
            "train_loss": total / len(x),
            "validation_loss": F.cross_entropy(logits, y_test).item(),
            "validation_accuracy": (logits.argmax(1) == y_test).double().mean().item(),
            "seconds": time.perf_counter() - start,
            "images_per_second": len(x) / trained}), flush=True)


main()
