"""The Fashion-MNIST tutorial in PyTorch: 20 epochs of fashion-cnn on the official files, tensors in memory.

python3 pytorch_tutorial.py FOLDER [THREADS [EPOCHS [channels-last]]]
prints a line of JSON an epoch, as metrics.jsonl has it; the last word has the layout that is faster than the tutorial's
"""
import gzip, json, sys, time
from pathlib import Path
import torch, torch.nn.functional as F
from pytorch_peer import fashion_cnn

BATCH = 256


def idx(file, header):
    return torch.frombuffer(bytearray(gzip.open(file).read()[header:]), dtype=torch.uint8)


def images(folder, part):
    x = idx(folder / f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).float() / 255
    return x, idx(folder / f"{part}-labels-idx1-ubyte.gz", 8).long()


def main():
    folder = Path(sys.argv[1])
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    torch.manual_seed(0)
    x, y = images(folder, "train")
    x_test, y_test = images(folder, "t10k")
    layout = torch.channels_last if "channels-last" in sys.argv[4:] else torch.contiguous_format
    net = fashion_cnn().to(memory_format=layout)
    opt = torch.optim.Adam(net.parameters(), lr=1e-3)
    for epoch in range(1, (int(sys.argv[3]) if len(sys.argv) > 3 else 20) + 1):
        start, total = time.perf_counter(), 0.0
        net.train()
        for batch in torch.randperm(len(x)).split(BATCH):
            opt.zero_grad()
            loss = F.cross_entropy(net(x[batch].contiguous(memory_format=layout)), y[batch])
            loss.backward()
            opt.step()
            total += loss.item() * len(batch)
        net.eval()
        with torch.inference_mode():
            logits = torch.cat([net(part.contiguous(memory_format=layout)) for part in x_test.split(BATCH)])
        print(json.dumps({
            "epoch": epoch,
            "train_loss": total / len(x),
            "validation_loss": F.cross_entropy(logits, y_test).item(),
            "validation_accuracy": (logits.argmax(1) == y_test).double().mean().item(),
            "seconds": time.perf_counter() - start}), flush=True)


main()
