"""The lecture's two-layer network (CS231n lecture 4, "in 20 lines") in NumPy, from a start that any language can compute.

Prints the loss at some of the 2000 steps; the figures stand in TwoLayerNetTests.cs.
Run with: python3 two_layer_net.py
"""
import numpy as np


def start(rows, columns, offset):
    """Numbers in [-1, 1) that look random: row by row, from integers alone, so exact everywhere."""
    k = np.arange(offset, offset + rows * columns, dtype=np.int64)
    return (((31 * k * k + 17 * k + 7) % 1000003) / 1000003 * 2 - 1).reshape(rows, columns)


N, D_in, H, D_out = 64, 1000, 100, 10
x, y = start(N, D_in, 0), start(N, D_out, 1000)
w1, w2 = start(D_in, H, 2000), start(H, D_out, 3000)

for t in range(2000):
    h = 1 / (1 + np.exp(-x.dot(w1)))
    y_pred = h.dot(w2)
    loss = np.square(y_pred - y).sum()
    if t in (0, 1, 10, 100, 500, 1000, 1999):
        print(t, repr(float(loss)))

    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h.T.dot(grad_y_pred)
    grad_h = grad_y_pred.dot(w2.T)
    grad_w1 = x.T.dot(grad_h * h * (1 - h))

    w1 -= 1e-4 * grad_w1
    w2 -= 1e-4 * grad_w2
