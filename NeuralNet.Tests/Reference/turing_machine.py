"""What PyTorch's autograd computes for a neural Turing machine, written from the paper's equations, in double precision: outputs, weightings and all gradients, for
NeuralTuringMachineTests.cs.

Writes turing_machine.txt beside this file (PyTorch 1.13). Run with: python3 turing_machine.py
Features are in the order of NeuralNet: value c of step t is column c*T + t, weights are [in x out].
"""
import pathlib

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(14)
lines = []
EPSILON, FIRST = 1e-8, 1e-6


def draw(*shape):
    return torch.rand(*shape, generator=random) * 2 - 1


def write(what, matrix):
    matrix = matrix.detach()
    matrix = matrix.reshape(1, -1) if matrix.dim() == 1 else matrix.reshape(matrix.shape[0], -1)
    lines.append(f"{what}: {matrix.shape[0]} {matrix.shape[1]}: " + " ".join(repr(float(v)) for v in matrix.reshape(-1)))


def address(z, memory, before, width, shifts):
    key = torch.tanh(z[:, :width])
    strength = functional.softplus(z[:, width])[:, None]
    gate = torch.sigmoid(z[:, width + 1])[:, None]
    shares = torch.softmax(z[:, width + 2:width + 2 + shifts], 1)
    power = 1 + functional.softplus(z[:, width + 2 + shifts])[:, None]
    lengths = torch.sqrt(((memory ** 2).sum(2) + EPSILON) * ((key ** 2).sum(1, keepdim=True) + EPSILON))
    content = torch.softmax(strength * (memory * key[:, None, :]).sum(2) / lengths, 1)
    gated = gate * content + (1 - gate) * before
    shifted = sum(shares[:, k:k + 1] * torch.roll(gated, k - shifts // 2, 1) for k in range(shifts))
    sharp = shifted.clamp_min(1e-300) ** power
    return sharp / sharp.sum(1, keepdim=True)


def case(name, inputs, outputs, hidden, locations, width, reads, writes, shifts, samples, steps):
    lines.append(f"case: {name}: training")
    of_address = width + 3 + shifts
    shapes = {"controller.0": (inputs + reads * width, hidden)}
    shapes |= {f"write{i}": (hidden, of_address + 2 * width) for i in range(writes)}
    shapes |= {f"read{i}": (hidden, of_address) for i in range(reads)}
    shapes["output"] = (hidden + reads * width, outputs)
    weights = {}
    for key, shape in shapes.items():
        weights[f"{key}.weight"] = draw(*shape).requires_grad_()
        weights[f"{key}.bias"] = draw(shape[1]).requires_grad_()
    for key, value in weights.items():
        write(f"before {key}", value)

    def linear(key, x):
        return x @ weights[f"{key}.weight"] + weights[f"{key}.bias"]

    x = draw(samples, inputs, steps).requires_grad_()
    write("input", x)
    memory = torch.full((samples, locations, width), FIRST)
    start = functional.one_hot(torch.zeros(samples, dtype=torch.long), locations).double()
    written, seen = [start] * writes, [start] * reads
    read = [torch.zeros(samples, width)] * reads
    ys = []
    for t in range(steps):
        h = torch.tanh(linear("controller.0", torch.cat([x[:, :, t], *read], 1)))
        for i in range(writes):
            z = linear(f"write{i}", h)
            written[i] = address(z, memory, written[i], width, shifts)
            erase, add = torch.sigmoid(z[:, of_address:of_address + width]), torch.tanh(z[:, of_address + width:])
            memory = memory * (1 - written[i][:, :, None] * erase[:, None, :]) + written[i][:, :, None] * add[:, None, :]
        for i in range(reads):
            seen[i] = address(linear(f"read{i}", h), memory, seen[i], width, shifts)
            read[i] = (seen[i][:, :, None] * memory).sum(1)
        ys.append(linear("output", torch.cat([h, *read], 1)))
    y = torch.stack(ys, 2)
    upstream = draw(*y.shape)
    y.backward(upstream)
    write("upstream", upstream)
    write("output", y)
    write("downstream", x.grad)
    write("write weights", written[-1])
    write("read weights", seen[-1])
    for key, value in weights.items():
        write(f"gradient {key}", value.grad)


case("one head each", 3, 2, 5, 6, 4, 1, 1, 3, 3, 7)
case("several heads", 2, 3, 4, 7, 3, 2, 3, 5, 2, 4)
case("two locations", 1, 1, 3, 2, 1, 1, 2, 1, 5, 3)
case("twenty steps", 2, 1, 4, 9, 3, 1, 1, 3, 1, 20)
path = pathlib.Path(__file__).with_name("turing_machine.txt")
path.write_text("\n".join(lines) + "\n")
