"""What PyTorch computes for convolutions, poolings and what goes with them, in double precision, for PyTorchLayerTests.cs.

Writes convolutions.txt beside this file (PyTorch 1.13). Run with: python3 convolutions.py
The form is that of layers.py, which is imported for it (and writes layers.txt anew, the same).
"""
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from layers import case, draw, lines

lines.clear()


class Convolution(nn.Module):
    """A convolution whose weight is a matrix [(in/groups * kernel) x out], as NeuralNet has it."""

    def __init__(self, function, dimensions, bias=None, **settings):
        super().__init__()
        self.function, self.dimensions, self.settings = function, dimensions, settings
        self.weight = nn.Parameter(torch.zeros(torch.Size(dimensions[1:]).numel(), dimensions[0]))
        self.bias = nn.Parameter(torch.zeros(bias)) if bias else None

    def forward(self, x):
        return self.function(x, self.weight.T.reshape(self.dimensions), self.bias, **self.settings)


names = {"weight": "weight", "bias": "bias"}
case("Convolution", Convolution(F.conv2d, (5, 3, 3, 3), 5, padding=1), draw(3, 3, 5, 6), names)
case("Convolution with all settings", Convolution(F.conv2d, (6, 2, 2, 3), 6, stride=(2, 3), padding=(1, 2), dilation=(3, 2), groups=2), draw(2, 4, 9, 11), names)
case("Convolution without bias", Convolution(F.conv2d, (2, 3, 3, 1), stride=2), draw(17, 3, 4, 3), {"weight": "weight"})
case("Convolution of one position", Convolution(F.conv2d, (7, 5, 1, 1), 7), draw(3, 5, 4, 3), names)
case("Convolution, depthwise", Convolution(F.conv2d, (3, 1, 3, 3), 3, padding=1, groups=3), draw(18, 3, 3, 4), names)
case("Convolution of sequences", Convolution(F.conv1d, (4, 3, 4), 4, stride=2, padding=3, dilation=2), draw(5, 3, 10), names)
case("Convolution of one step", Convolution(F.conv1d, (4, 3, 1), 4), draw(5, 3, 1), names)
case("TransposedConvolution", Convolution(F.conv_transpose2d, (3, 4, 3, 3), 4, stride=2, padding=1, output_padding=1), draw(3, 3, 4, 5), names)
case("TransposedConvolution with all settings",
     Convolution(F.conv_transpose2d, (4, 3, 2, 3), 6, stride=(3, 2), padding=(1, 2), output_padding=(2, 0), dilation=(2, 3), groups=2), draw(2, 4, 3, 4), names)
case("TransposedConvolution of sequences", Convolution(F.conv_transpose1d, (3, 2, 4), 2, stride=3), draw(4, 3, 5), names)

case("MaxPool", lambda x: F.max_pool2d(x, 2), draw(3, 4, 7, 6))
case("MaxPool that overlaps", lambda x: F.max_pool2d(x, (3, 2), stride=(2, 1), padding=(1, 1)), draw(17, 2, 4, 3))
case("MaxPool of sequences", lambda x: F.max_pool1d(x, 3, stride=2), draw(3, 4, 9))
case("AveragePool", lambda x: F.avg_pool2d(x, 2), draw(3, 4, 6, 7))
case("AveragePool with padding", lambda x: F.avg_pool2d(x, 3, stride=2, padding=1), draw(3, 2, 6, 5))
case("AveragePool without the padding", lambda x: F.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False), draw(3, 2, 6, 5))
case("AveragePool of sequences", lambda x: F.avg_pool1d(x, 4, stride=3), draw(3, 2, 11))
case("GlobalAveragePool", lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1), draw(3, 4, 3, 5))
case("GlobalMaxPool", lambda x: F.adaptive_max_pool1d(x, 1).flatten(1), draw(3, 4, 7))
case("Upsample", lambda x: F.interpolate(x, scale_factor=(2, 3)), draw(3, 2, 3, 4))
case("GroupNorm", nn.GroupNorm(2, 6, eps=1e-3), draw(4, 6, 3, 2), names)

pathlib.Path(__file__).with_name("convolutions.txt").write_text("\n".join(lines) + "\n")
