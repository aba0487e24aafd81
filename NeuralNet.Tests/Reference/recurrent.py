"""What PyTorch computes for recurrent layers over 50 steps, in double precision: outputs and all gradients, for PyTorchRecurrentTests.cs.

Writes recurrent.txt beside this file (PyTorch 1.13). Run with: python3 recurrent.py
Features are in the order of NeuralNet: value c of step t is column c*T + t, and weights are [in x out]. A state has a row for each sample: h of each layer and
direction, then c of each. Lengths, where there are any, go through pack_padded_sequence.
"""
import pathlib

import torch
import torch.nn as nn

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(11)
lines = []


def draw(*shape):
    return torch.rand(*shape, generator=random) * 2 - 1


def write(what, matrix):
    matrix = matrix.detach()
    matrix = matrix.reshape(1, -1) if matrix.dim() == 1 else matrix.reshape(matrix.shape[0], -1)
    lines.append(f"{what}: {matrix.shape[0]} {matrix.shape[1]}: " + " ".join(repr(float(v)) for v in matrix.reshape(-1)))


def by_sample(state):
    """[K, N, H] as [N, K*H]."""
    return state.transpose(0, 1).reshape(state.shape[1], -1)


def case(name, module, inputs, steps, samples=2, lengths=None, state=False, last=False):
    lines.append(f"case: {name}: training")
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape))
    for key, parameter in module.named_parameters():
        write(f"before {key}", parameter.t())
    x = draw(samples, inputs, steps).requires_grad_()
    write("input", x)
    sequence = x.transpose(1, 2)
    if lengths:
        write("lengths", torch.tensor(lengths).reshape(-1, 1))
        sequence = nn.utils.rnn.pack_padded_sequence(sequence, lengths, batch_first=True, enforce_sorted=False)
    is_lstm = isinstance(module, nn.LSTM)
    start = None
    if state:
        count = module.num_layers * (2 if module.bidirectional else 1)
        start = [draw(count, samples, module.hidden_size).requires_grad_() for _ in range(2 if is_lstm else 1)]
        write("state", torch.cat([by_sample(part) for part in start], dim=1))
    y, end = module(sequence, start if start is None else (tuple(start) if is_lstm else start[0]))
    if lengths:
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=steps)
    if last:
        h = end[0] if is_lstm else end
        y = by_sample(h[-(2 if module.bidirectional else 1):])
    else:
        y = y.transpose(1, 2)
    upstream = draw(*y.shape)
    y.backward(upstream)
    write("upstream", upstream)
    write("output", y)
    write("downstream", x.grad)
    if start:
        write("gradient state", torch.cat([by_sample(part.grad) for part in start], dim=1))
    for key, parameter in module.named_parameters():
        write(f"gradient {key}", parameter.grad.t())


for kind in (nn.RNN, nn.GRU, nn.LSTM):
    name = kind.__name__
    case(name, kind(3, 4, batch_first=True), 3, 50)
    case(f"{name} of two layers in both directions", kind(2, 3, num_layers=2, bidirectional=True, batch_first=True), 2, 50)
    case(f"{name} with lengths and a state", kind(2, 3, num_layers=2, bidirectional=True, batch_first=True), 2, 7, samples=5, lengths=[3, 7, 1, 6, 2], state=True)
    case(f"{name} at the last step", kind(2, 3, bidirectional=True, batch_first=True), 2, 6, samples=3, lengths=[6, 1, 4], state=True, last=True)
    case(f"{name} without bias", kind(2, 5, bias=False, batch_first=True), 2, 1, samples=3, state=True)

pathlib.Path(__file__).with_name("recurrent.txt").write_text("\n".join(lines) + "\n")
