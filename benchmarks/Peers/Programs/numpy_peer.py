"""The lecture's two-layer program in NumPy, as its notes write it (with the last line's gradient corrected); and its files."""

import os

import numpy as np

from serving import Network, serve


def lecture(network):
    kind = np.float32 if network.element == "float" else np.float64
    inputs, hidden, outputs = network.sizes
    random = np.random.default_rng(1)
    x = random.standard_normal((network.batch, inputs)).astype(kind)
    y = random.standard_normal((network.batch, outputs)).astype(kind)
    w1 = random.standard_normal((inputs, hidden)).astype(kind)
    w2 = random.standard_normal((hidden, outputs)).astype(kind)
    rate = network.rate

    def step():
        nonlocal w1, w2
        h = 1 / (1 + np.exp(-x.dot(w1)))
        y_pred = h.dot(w2)
        loss = np.square(y_pred - y).sum()
        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = h.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T)
        grad_w1 = x.T.dot(grad_h * h * (1 - h))
        w1 -= rate * grad_w1
        w2 -= rate * grad_w2
        return loss

    return step


def files(kind, element, form, end, folder, size):
    """Its own format, whatever the case says."""
    path = os.path.join(folder, "numpy.npy")
    array = np.random.default_rng(1).standard_normal((int(size), int(size))).astype(np.float32 if element == "float" else np.float64)

    def save():
        with open(path, "wb") as file:
            np.save(file, array)
            if end == "flushed":
                file.flush()
                os.fsync(file.fileno())

    save()
    return save if kind == "save" else lambda: np.load(path)


def prepare(kind, arguments):
    if kind == "lecture":
        return lecture(Network(*arguments.split()))
    if kind in ("save", "load"):
        return files(kind, *arguments.split())
    raise ValueError(f"NumPy has no work named '{kind}'")


serve(f"NumPy {np.__version__}", prepare)
