"""Reports by scikit-learn for ClassificationReportTest: one JSON file a case, with its input and every expected output.

Run with scikit-learn (made with Debian's python3-sklearn 1.2.1): python3 make_reports.py
Where a class neither occurs nor is predicted, scikit-learn before 1.4 heads the accuracy's row with "micro avg" when `labels`
is given; the name of that row is set right below, its numbers are scikit-learn's.
"""
import json
import pathlib
import re

import numpy as np
from sklearn.metrics import classification_report, confusion_matrix, log_loss, top_k_accuracy_score

HERE = pathlib.Path(__file__).parent
FASHION = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]


def calibration_error(p, y, bins=15):
    """Guo et al. 2017; the loop of the authors' own code (bins open below, closed above)."""
    confidence, right = p.max(1).astype(np.float64), p.argmax(1) == y
    edges = np.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += abs(confidence[inside].mean() - right[inside].mean()) * inside.mean()
    return error


def probabilities(rng, y, classes, strength, never=()):
    logits = rng.normal(size=(len(y), classes)) * 1.5
    logits[np.arange(len(y)), y] += strength
    logits[:, list(never)] = -60
    e = np.exp(logits - logits.max(1, keepdims=True))
    return (e / e.sum(1, keepdims=True)).astype(np.float32)


def case(name, p, y, names, k=3, digits=(2, 4)):
    classes = len(names)
    labels = list(range(classes))
    predicted = p.argmax(1)
    options = dict(labels=labels, target_names=names, zero_division=0)
    p64 = p.astype(np.float64)
    out = {
        "names": names, "k": k, "labels": y.tolist(), "probabilities": [float(x) for x in p.ravel()],
        "confusion": confusion_matrix(y, predicted, labels=labels).tolist(),
        "text": {d: as_accuracy(classification_report(y, predicted, digits=d, **options)) for d in digits},
        "dict": classification_report(y, predicted, output_dict=True, **options),
        "loss": float(-np.log(np.maximum(p64[np.arange(len(y)), y], 1e-10)).mean()),
        "top_k": top_k_accuracy_score(y, p, k=k, labels=labels) if classes > 2 else 1.0,
        "calibration_error": calibration_error(p, y),
    }
    if "accuracy" not in out["dict"]:
        out["dict"]["accuracy"] = out["dict"].pop("micro avg")["f1-score"]
    (HERE / f"{name}.json").write_text(json.dumps(out) + "\n")


def as_accuracy(text):
    def blank(m):
        return m[1] + " accuracy" + m[2] + " " * 20 + m[4] + m[5]
    return re.sub(r"^( *)micro avg( )((?: {1,}[0-9.]+){2})( +[0-9.]+)( +\d+)$", blank, text, flags=re.M)


rng = np.random.default_rng(7)
y = rng.integers(0, 10, 400)
case("ten-classes", probabilities(rng, y, 10, 3.0), y, FASHION, digits=(1, 2, 3, 4, 6))
y = rng.choice([0, 2, 3], 60)
case("missing-class", probabilities(rng, y, 4, 1.0), y, ["zero", "one", "two", "three"])
y = rng.integers(0, 4, 60)
case("never-predicted", probabilities(rng, y, 4, 1.0, never=[2]), y, ["zero", "one", "two", "three"])
y = rng.choice([0, 1, 3], 60)
case("missing-and-never-predicted", probabilities(rng, y, 4, 1.0, never=[2]), y, ["zero", "one", "two", "three"])
y = rng.integers(0, 3, 50)
case("long-names", probabilities(rng, y, 3, 1.0), y,
     ["a name that is longer than the averages' headings", "kurz", "Größe 😀"], k=2)
y = rng.integers(0, 2, 1000)
case("two-classes", probabilities(rng, y, 2, 0.5), y, ["no", "yes"], k=2)
y = np.array([0] * 8 + [1] * 8)  # precision 1/8: a tie in two digits, which goes to the even neighbour
p = np.full((16, 2), 0.25, np.float32)
p[np.arange(16), [0] * 1 + [1] * 7 + [0] * 7 + [1]] = 0.75
case("ties", p, y, ["a", "b"], k=2)
