"""What PyTorch computes for the layers of NeuralNet, in double precision: outputs, gradients and running statistics, for PyTorchLayerTests.cs.

Writes layers.txt beside this file (PyTorch 1.13). Run with: python3 layers.py
Features are in the order of NeuralNet: channel c at position p is column c*P + p, and weights are [in x out].
"""
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(7)
lines = []


def draw(*shape):
    return torch.rand(*shape, generator=random) * 4 - 2


def matrix(tensor):
    """Samples with their features in order: [N, C, ...] as [N, C*P], a vector as one row."""
    tensor = tensor.detach()
    return tensor.reshape(1, -1) if tensor.dim() == 1 else tensor.reshape(tensor.shape[0], -1)


def write(what, tensor):
    rows = matrix(tensor)
    lines.append(f"{what}: {rows.shape[0]} {rows.shape[1]}: " + " ".join(repr(float(v)) for v in rows.reshape(-1)))


def case(name, module, x, names=None, transposed=(), training=True, differentiable=True):
    """One forward and backward pass. names: parameters and states of NeuralNet by those of PyTorch."""
    lines.append(f"case: {name}: {'training' if training else 'evaluation'}")
    names = names or {}
    if isinstance(module, nn.Module):
        module.train(training)
        tensors = {**dict(module.named_parameters()), **dict(module.named_buffers())}
        with torch.no_grad():
            for key in names:
                drawn = draw(*tensors[key].shape)
                tensors[key].copy_(drawn.abs() + 0.25 if "var" in key else drawn)
        for key, own in names.items():
            write(f"before {own}", tensors[key].T if key in transposed else tensors[key])
    write("input", x)
    if differentiable:
        x = x.clone().requires_grad_()
    y = module(x)
    upstream = draw(*y.shape)
    y.backward(upstream)
    write("upstream", upstream)
    write("output", y)
    if differentiable:
        write("downstream", x.grad)
    for key, own in names.items():
        if tensors[key].grad is not None:
            write(f"gradient {own}", tensors[key].grad.T if key in transposed else tensors[key].grad)
        elif not isinstance(tensors[key], nn.Parameter):
            write(f"after {own}", tensors[key])


class PerPosition(nn.Module):
    """A module over the last axis, at each position of [N, C, P]."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x.transpose(1, 2)).transpose(1, 2)


class Words(nn.Module):
    """Indices [N, K] to [N, D, K]."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x.long()).transpose(1, 2)


class Residual(nn.Module):
    def __init__(self, inner, shortcut=None):
        super().__init__()
        self.inner, self.shortcut = inner, shortcut

    def forward(self, x):
        return self.inner(x) + (x if self.shortcut is None else self.shortcut(x))


class Concatenate(nn.Module):
    def __init__(self, *parts):
        super().__init__()
        self.parts = nn.ModuleList(parts)

    def forward(self, x):
        return torch.cat([part(x) for part in self.parts], dim=1)


x = draw(5, 7)
x[1] *= 10
for name, function in {
    "ReLU": F.relu, "LeakyReLU": lambda t: F.leaky_relu(t, 0.01), "ELU": F.elu, "Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "Softplus": lambda t: F.softplus(t, threshold=1000),
    "SiLU": F.silu, "GELU": F.gelu, "GELU(tanh)": lambda t: F.gelu(t, approximate="tanh"), "Softmax": lambda t: F.softmax(t, 1), "LogSoftmax": lambda t: F.log_softmax(t, 1),
}.items():
    case(name, function, x)

weight, bias = {"weight": "weight"}, {"bias": "bias"}
case("Linear", nn.Linear(7, 3), x, {**weight, **bias}, transposed={"weight"})
case("PReLU", nn.PReLU(), x, weight)
case("PReLU of channels", nn.PReLU(3), draw(5, 3, 4), weight)

running = {"running_mean": "running_mean", "running_var": "running_var"}
for training in (True, False):
    case("BatchNorm of features", nn.BatchNorm1d(4, eps=1e-3, momentum=0.3), 5 + draw(6, 4), {**weight, **bias, **running}, training=training)
    case("BatchNorm of channels", nn.BatchNorm2d(3), draw(2, 3, 2, 4), {**weight, **bias, **running}, training=training)
case("BatchNorm of two values", nn.BatchNorm1d(3), draw(2, 3), {**weight, **bias, **running})

case("LayerNorm", nn.LayerNorm(7, eps=1e-3), x, {**weight, **bias})
case("LayerNorm without affine", nn.LayerNorm(7, elementwise_affine=False), x)
inner = {"inner.weight": "weight", "inner.bias": "bias"}
case("LayerNorm per position", PerPosition(nn.LayerNorm(3)), draw(2, 3, 4), inner)

words = torch.tensor([[0, 3, 9, 3], [5, 1, 1, 0], [2, 3, 8, 4.]])
case("Embedding", Words(nn.Embedding(10, 3)), words, {"inner.weight": "weight"}, differentiable=False)
case("Embedding with padding", Words(nn.Embedding(10, 3, padding_idx=3)), words, {"inner.weight": "weight"}, differentiable=False)

case("Residual", Residual(nn.Linear(7, 7)), x, {"inner.weight": "inner.weight", "inner.bias": "inner.bias"}, transposed={"inner.weight"})
case("Residual with a shortcut", Residual(nn.Linear(7, 3), nn.Linear(7, 3, bias=False)), x,
     {"inner.weight": "inner.weight", "inner.bias": "inner.bias", "shortcut.weight": "shortcut.weight"}, transposed={"inner.weight", "shortcut.weight"})
case("Concatenate", Concatenate(nn.Linear(7, 3), nn.Tanh()), x, {"parts.0.weight": "0.weight", "parts.0.bias": "0.bias"}, transposed={"parts.0.weight"})

pathlib.Path(__file__).with_name("layers.txt").write_text("\n".join(lines) + "\n")
