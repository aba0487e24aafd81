"""What PyTorch computes for attention and blocks of transformers, in double precision: outputs and gradients, for PyTorchLayerTests.cs.

Writes attention.txt beside this file (PyTorch 1.13), in the form of layers.txt. Run with: python3 attention.py
Samples are [N, T, E] in PyTorch and [N x E*T] in NeuralNet, channel c of step t in column c*T + t; weights are [in x out].
"""
import pathlib

import torch
import torch.nn as nn

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(11)
lines = []


def draw(*shape):
    return torch.rand(*shape, generator=random) * 2 - 1


def write(what, tensor):
    tensor = tensor.detach()
    rows = tensor.reshape(1, -1) if tensor.dim() == 1 else tensor.reshape(tensor.shape[0], -1)
    lines.append(f"{what}: {rows.shape[0]} {rows.shape[1]}: " + " ".join(repr(float(v)) for v in rows.reshape(-1)))


def case(name, module, forward, x, presence=None):
    """One forward and backward pass of [N, E, T]."""
    lines.append(f"case: {name}: training")
    with torch.no_grad():
        for key, parameter in module.named_parameters():
            parameter.copy_(draw(*parameter.shape))
            write(f"before {key}", parameter.T if parameter.dim() == 2 else parameter)
    write("input", x)
    if presence is not None:
        write("presence", presence)
    x = x.clone().requires_grad_()
    y = forward(module, x.transpose(1, 2)).transpose(1, 2)
    upstream = draw(*y.shape)
    y.backward(upstream)
    write("upstream", upstream)
    write("output", y)
    write("downstream", x.grad)
    for key, parameter in module.named_parameters():
        write(f"gradient {key}", parameter.grad.T if parameter.dim() == 2 else parameter.grad)


def causal(steps):
    return torch.triu(torch.ones(steps, steps, dtype=torch.bool), diagonal=1)


def attend(module, x, mask=None, padding=None):
    return module(x, x, x, attn_mask=mask, key_padding_mask=padding, need_weights=False)[0]


presence = torch.tensor([[1.0, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 0, 1, 1, 0]])
padding = presence == 0
x = draw(3, 6, 5)
case("attention", nn.MultiheadAttention(6, 2, batch_first=True), attend, x)
case("attention of one head without bias", nn.MultiheadAttention(6, 1, bias=False, batch_first=True), attend, x)
case("causal attention", nn.MultiheadAttention(6, 3, batch_first=True), lambda m, t: attend(m, t, causal(5)), x)
case("causal attention of a long sequence", nn.MultiheadAttention(8, 2, batch_first=True), lambda m, t: attend(m, t, causal(37)), draw(1, 8, 37))
case("attention of one step", nn.MultiheadAttention(6, 2, batch_first=True), attend, draw(3, 6, 1))
case("padded attention", nn.MultiheadAttention(6, 2, batch_first=True), lambda m, t: attend(m, t, padding=padding), x, presence)
case("padded causal attention", nn.MultiheadAttention(6, 2, batch_first=True), lambda m, t: attend(m, t, causal(5), padding), x, presence)


def block(norm_first):
    return nn.TransformerEncoderLayer(6, 2, dim_feedforward=10, dropout=0, activation="gelu", batch_first=True, norm_first=norm_first)


case("block", block(True), lambda m, t: m(t), x)
case("causal block", block(True), lambda m, t: m(t, src_mask=causal(5)), x)
case("block with the norm last", block(False), lambda m, t: m(t), x)
case("padded block", block(True), lambda m, t: m(t, src_key_padding_mask=padding), x, presence)

pathlib.Path(__file__).with_name("attention.txt").write_text("\n".join(lines) + "\n")
