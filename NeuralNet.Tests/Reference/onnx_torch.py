"""Models as PyTorch writes them (1.13, torch.onnx.export), with an input and what PyTorch computes of it, for OnnxTorchTests.cs.

Run with: python3 onnx_torch.py folder. For each model there is x.onnx, and x.txt: a line of the axes of the input and its numbers, and one of the output's.
"""
import pathlib
import sys
import warnings

import torch
import torch.nn as nn

warnings.filterwarnings("ignore")
torch.manual_seed(7)
folder = pathlib.Path(sys.argv[1])


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.norm = nn.Linear(6, 12), nn.Linear(12, 6), nn.LayerNorm(6)

    def forward(self, x):
        return self.norm(x + self.fc2(torch.relu(self.fc1(x))))


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.left, self.right = nn.Linear(5, 8), nn.Linear(8, 2), nn.Linear(8, 3, bias=False)

    def forward(self, x):
        y = torch.tanh(self.body(x))
        return torch.cat([self.left(y), torch.softmax(self.right(y), 1)], 1)


class Gated(nn.Module):
    """Operators on whole tensors: a product of two branches, differences, quotients, powers."""

    def __init__(self):
        super().__init__()
        self.gate, self.value = nn.Linear(4, 4), nn.Linear(4, 4)

    def forward(self, x):
        return torch.sigmoid(self.gate(x)) * self.value(x) - torch.exp(-x) / (1 + x ** 2) + 2 / torch.sqrt(torch.abs(x) + 3) - torch.max(x, 0.5 * x)


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.norm, self.fc = nn.Embedding(9, 3), nn.LayerNorm(3), nn.Linear(12, 4)

    def forward(self, x):
        return self.fc(torch.flatten(self.norm(self.table(x)), 1))


class Channels(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.slope, self.fc = nn.BatchNorm1d(3), nn.PReLU(3), nn.Linear(12, 2)

    def forward(self, x):
        return self.fc(self.slope(self.norm(x)).flatten(1))


def write(name, model, x, opset=17):
    for tensor in list(model.parameters()) + [b for b in model.buffers() if b.is_floating_point()]:
        with torch.no_grad():
            tensor.add_(torch.rand_like(tensor) * 0.5)
    model.eval()
    with torch.no_grad():
        y = model(x)
    torch.onnx.export(model, (x,), str(folder / f"{name}.onnx"), opset_version=opset, input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
    lines = [f"{' '.join(map(str, t.shape))}|{' '.join(repr(float(v)) for v in t.reshape(-1))}" for t in (x, y)]
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n")


def chain(*layers):
    return nn.Sequential(*layers)


x = torch.rand(5, 6) * 4 - 2
write("mlp", chain(nn.Linear(6, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3)), x)
write("mlp of operator set 13", chain(nn.Linear(6, 8, bias=False), nn.Tanh(), nn.Linear(8, 3), nn.LogSoftmax(1)), x, 13)
write("batch norm", chain(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.LeakyReLU(0.2), nn.Linear(8, 3), nn.Softmax(1)), x)
write("batch norm first", chain(nn.BatchNorm1d(6), nn.ELU(), nn.Linear(6, 3)), x)
write("layer norm", chain(nn.Linear(6, 8), nn.LayerNorm(8), nn.Sigmoid(), nn.Linear(8, 3)), x)
write("activations", chain(nn.GELU(), nn.Linear(6, 6), nn.GELU(approximate="tanh"), nn.SiLU(), nn.Softplus(), nn.PReLU()), x)
write("residual", Residual(), x)
write("heads", Heads(), torch.rand(4, 5) * 4 - 2)
write("gated", Gated(), torch.rand(4, 4) * 4 - 2)
write("words", Words(), torch.randint(0, 9, (5, 4)))
write("channels", Channels(), torch.rand(5, 3, 4) * 4 - 2)
image = torch.rand(3, 2, 8, 7) * 4 - 2
write("images", chain(nn.Conv2d(2, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 4, (3, 2), (2, 1), (1, 0), groups=2),
                      nn.PReLU(4), nn.AvgPool2d(2, 1), nn.Flatten(), nn.Linear(4, 3)), image)
write("images, pooled", chain(nn.Conv2d(2, 4, 3, dilation=2), nn.Tanh(), nn.AvgPool2d(2, padding=1, count_include_pad=False), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                              nn.Linear(4, 2)), image)
write("images, transposed", chain(nn.ConvTranspose2d(2, 4, 3, 2, 1, 1, groups=2), nn.Sigmoid(), nn.Conv2d(4, 1, 1), nn.AdaptiveMaxPool2d(1), nn.Flatten()), image)
write("sequences", chain(nn.Conv1d(3, 5, 3, 2, 1), nn.BatchNorm1d(5), nn.ReLU(), nn.MaxPool1d(2, 1), nn.ConvTranspose1d(5, 2, 2), nn.Flatten(), nn.Linear(6, 3)),
      torch.rand(4, 3, 6) * 4 - 2)
write("double", chain(nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 3)).double(), x.double())
