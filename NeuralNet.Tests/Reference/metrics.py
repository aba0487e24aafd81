"""Figures of scikit-learn 1.2.1 (and of NumPy for the calibration error, from its definition) for MetricReferenceTests.cs.

The samples are made of integers alone, so that any language can compute the same: rows repeat every 40, which gives ties.
Run with: python3 metrics.py > metrics.txt
"""
import warnings
import numpy as np
from sklearn import metrics as m
from sklearn.preprocessing import label_binarize

warnings.filterwarnings("ignore")
N, C, PERIOD = 97, 4, 40


def numbers(start, count):
    """Numbers in [0, 1) out of 32 bits, each a hash of its place."""
    x = np.arange(start, start + count, dtype=np.uint64)
    for factor, shift in ((0x9E3779B1, 15), (0x85EBCA77, 13), (0xC2B2AE3D, 16)):
        x = x * np.uint64(factor) % np.uint64(2**32)
        x ^= x >> np.uint64(shift)
    return x / 2.0**32


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


row = np.arange(N)
logits = (numbers(0, PERIOD * C).reshape(PERIOD, C) * 6 - 3)[row % PERIOD]
# Half of the labels are the largest logit's, so that there is something to find.
drawn = np.floor(numbers(5000, N) * C).astype(int)
labels = np.where(row % 2 == 0, logits.argmax(axis=1), drawn)
without_last = np.where(labels == C - 1, 0, labels)
w = np.where(row % 7 == 3, 0.0, np.floor(numbers(9000, N) * 4) / 2 + 0.5)
truth = numbers(20000, N * 3).reshape(N, 3) * 10 + 100
guess = truth + (numbers(30000, N * 3).reshape(N, 3) - 0.5) * 4
one = logits[:, 0]
target = (labels == 0).astype(int)


def say(name, value):
    print(f"{name}\t{float(value)!r}")


def calibration(s, y, weights, bins=15):
    p = softmax(s)
    confidence, correct = p.max(axis=1), (p.argmax(axis=1) == y).astype(float)
    index = np.ceil(confidence * bins).astype(int) - 1
    gaps = [abs(np.sum((weights * (correct - confidence))[index == b])) for b in range(bins)]
    return np.sum(gaps) / weights.sum()


for data, y in (("all", labels), ("missing", without_last)):
    for kind, sw in (("ones", np.ones(N)), ("weighted", w)):
        p, guessed, classes = softmax(logits), logits.argmax(axis=1), list(range(C))
        at = f"{data} {kind} "
        say(at + "accuracy", m.accuracy_score(y, guessed, sample_weight=sw))
        say(at + "top-2 accuracy", m.top_k_accuracy_score(y, p, k=2, sample_weight=sw, labels=classes))
        say(at + "log loss", m.log_loss(y, p, sample_weight=sw, labels=classes))
        say(at + "expected calibration error", calibration(logits, y, sw))
        for average in ("macro", "micro", "weighted"):
            for name, score in (("precision", m.precision_score), ("recall", m.recall_score), ("F1", m.f1_score)):
                for suffix, chosen in (("", classes), (" of classes 1, 2", [1, 2])):
                    say(at + f"{average} {name}{suffix}", score(y, guessed, labels=chosen, average=average, sample_weight=sw, zero_division=0))
        if data == "all":
            say(at + "ROC AUC", m.roc_auc_score(y, p, multi_class="ovr", average="macro", sample_weight=sw))
        say(at + "average precision", m.average_precision_score(label_binarize(y, classes=classes), p, average="macro", sample_weight=sw))
        for i, counts in enumerate(m.confusion_matrix(y, guessed, labels=classes, sample_weight=sw)):
            for j, count in enumerate(counts):
                say(at + f"confusion {i} {j}", count)

for kind, sw in (("ones", np.ones(N)), ("weighted", w)):
    at = f"two {kind} "
    two = logits[:, :2]
    y = (labels % 2).astype(int)
    p = softmax(two)
    say(at + "ROC AUC", m.roc_auc_score(y, p[:, 1], sample_weight=sw))
    say(at + "average precision", m.average_precision_score(y, p[:, 1], sample_weight=sw))

    at = f"binary {kind} "
    guessed = (one > 0.5).astype(int)
    say(at + "accuracy", m.accuracy_score(target, guessed, sample_weight=sw))
    say(at + "precision", m.precision_score(target, guessed, sample_weight=sw))
    say(at + "recall", m.recall_score(target, guessed, sample_weight=sw))
    say(at + "F1", m.f1_score(target, guessed, sample_weight=sw))
    say(at + "ROC AUC", m.roc_auc_score(target, one, sample_weight=sw))
    say(at + "average precision", m.average_precision_score(target, one, sample_weight=sw))

    at = f"numbers {kind} "
    say(at + "mean squared error", m.mean_squared_error(truth, guess, sample_weight=sw))
    say(at + "mean absolute error", m.mean_absolute_error(truth, guess, sample_weight=sw))
    say(at + "R²", m.r2_score(truth, guess, sample_weight=sw))
