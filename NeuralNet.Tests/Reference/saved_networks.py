"""Trains networks on that were saved by NeuralNet, in PyTorch: what PyTorchTests compares with.

Run by the tests: saved_networks.py train CASE FOLDER. Reads model.safetensors and data.npz of the folder, trains 50 steps of plain gradient descent on the whole data,
and writes losses.npy and trained.safetensors. saved_networks.py predict CASE FOLDER writes outputs.npy instead, in evaluation mode.
"""
import os
import sys

import numpy as np
import torch
from torch import nn

sys.dont_write_bytecode = True
from safetensors_files import load, save  # noqa: E402


class ChannelsFirst(nn.Module):
    """[N, positions, channels] as [N, channels * positions]."""

    def forward(self, x):
        return x.transpose(1, 2).flatten(1)


CASES = {
    "mlp": lambda: nn.Sequential(nn.Linear(12, 16), nn.ReLU(), nn.Linear(16, 4)),
    "layers": lambda: nn.Sequential(
        nn.Embedding(10, 3), ChannelsFirst(), nn.Linear(12, 16), nn.BatchNorm1d(16), nn.PReLU(16), nn.Linear(16, 8), nn.LayerNorm(8), nn.PReLU(), nn.Linear(8, 4)),
}

verb, case, folder = sys.argv[1:]
tensors = load(os.path.join(folder, "model.safetensors"))
net = CASES[case]().to(next(iter(tensors.values())).dtype)
net.load_state_dict(tensors, strict=True)
data = np.load(os.path.join(folder, "data.npz"))
x, labels = torch.from_numpy(data["x"]), torch.from_numpy(data["labels"]).long()
if case == "layers":
    x = x.long()

if verb == "predict":
    np.save(os.path.join(folder, "outputs.npy"), net.eval()(x).detach().numpy())
else:
    optimizer, losses = torch.optim.SGD(net.parameters(), lr=0.1), []
    for _ in range(50):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    np.save(os.path.join(folder, "losses.npy"), np.array(losses))
    save(net.state_dict(), os.path.join(folder, "trained.safetensors"))
