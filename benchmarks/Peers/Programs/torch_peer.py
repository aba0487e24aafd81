"""Training steps, inference and epochs on MNIST in PyTorch, in the form that its users write, at its fastest."""

import gzip
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import text_model
from serving import Network, SequenceNetwork, serve


def build(network):
    torch.manual_seed(1)
    activation = nn.ReLU if network.activation == "relu" else nn.Sigmoid
    layers = []
    for inputs, outputs in zip(network.sizes, network.sizes[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return nn.Sequential(*layers[:-1]).to(torch.float32 if network.element == "float" else torch.float64)


class Training:
    """One SGD step: gradients from autograd without accumulation, one fused update over all parameters."""

    def __init__(self, network):
        self.model = build(network)
        self.parameters = list(self.model.parameters())
        self.rate = network.rate
        self.squares = network.loss == "squares"

    def step(self, x, y):
        scores = self.model(x)
        loss = functional.mse_loss(scores, y, reduction="sum") if self.squares else functional.cross_entropy(scores, y)
        gradients = torch.autograd.grad(loss, self.parameters)
        self.update(gradients)

    def update(self, gradients):
        with torch.no_grad():
            torch._foreach_add_(self.parameters, gradients, alpha=-self.rate)


class AdamTraining(Training):
    """One step of torch.optim's Adam, all parameters at once."""

    def __init__(self, network):
        super().__init__(network)
        self.optimizer = torch.optim.Adam(self.parameters, lr=self.rate, foreach=True)

    def update(self, gradients):
        for parameter, gradient in zip(self.parameters, gradients):
            parameter.grad = gradient
        self.optimizer.step()


class ConvolutionalTraining(Training):
    """A network of convolutions: `float 64 1x28x28 conv:8:5:2,relu,pool:2,linear:10 0.001`."""

    def __init__(self, element, batch, shape, layers, rate):
        torch.manual_seed(1)
        shape = [int(length) for length in shape.split("x")]
        x = torch.randn(int(batch), *shape)
        modules = []
        for layer in layers.split(","):
            kind, *numbers = layer.split(":")
            numbers = [int(number) for number in numbers]
            if kind == "conv":
                modules.append(nn.Conv2d(shape[0], numbers[0], numbers[1], padding=numbers[2]))
            elif kind == "norm":
                modules.append(nn.BatchNorm2d(shape[0]))
            elif kind == "relu":
                modules.append(nn.ReLU(inplace=True))
            elif kind == "pool":
                modules.append(nn.MaxPool2d(numbers[0]))
            else:
                modules += [nn.Flatten(), nn.Linear(int(np.prod(shape)), numbers[0])]
            shape = nn.Sequential(*modules)(x[:2]).shape[1:]
        kind = torch.float32 if element == "float" else torch.float64
        self.model, self.x = nn.Sequential(*modules).to(kind), x.to(kind)
        self.parameters, self.rate, self.squares = list(self.model.parameters()), float(rate), False


def convolution_step(*fields):
    training = ConvolutionalTraining(*fields)
    y = torch.arange(len(training.x)) % 10
    return lambda: training.step(training.x, y)


def convolution_layer(*fields):
    training = ConvolutionalTraining(*fields)
    x = training.x.requires_grad_()
    upstream = torch.randn_like(training.model(x))
    return lambda: torch.autograd.grad(training.model(x), [x, *training.parameters], upstream)


def step(network, kind=Training):
    training = kind(network)
    outputs = network.sizes[-1]
    x = torch.randn(network.batch, network.sizes[0], dtype=training.parameters[0].dtype)
    y = torch.randn(network.batch, outputs, dtype=x.dtype) if training.squares else torch.arange(network.batch) % outputs
    return lambda: training.step(x, y)


def infer(network):
    model = build(network).eval()
    x = torch.randn(network.batch, network.sizes[0], dtype=next(model.parameters()).dtype)

    @torch.inference_mode()
    def answer():
        return model(x)

    return answer


class Sequences(nn.Module):
    """A recurrent layer and a linear one on each of its steps; sequences are [steps, batch, inputs], which PyTorch is fastest with."""

    def __init__(self, network):
        super().__init__()
        inputs, hidden, outputs = network.sizes
        self.recurrent = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[network.cell](inputs, hidden)
        self.linear = nn.Linear(hidden, outputs)

    def forward(self, x):
        return self.linear(self.recurrent(x)[0])


def sequences(network):
    torch.manual_seed(1)
    model = Sequences(network).to(torch.float32 if network.element == "float" else torch.float64)
    x = torch.randn(network.steps, network.batch, network.sizes[0], dtype=next(model.parameters()).dtype)
    return model, x


def sequence_step(network):
    model, x = sequences(network)
    parameters = list(model.parameters())
    outputs = network.sizes[-1]
    y = torch.arange(network.steps * network.batch) % outputs

    def step():
        loss = functional.cross_entropy(model(x).view(-1, outputs), y)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-network.rate)

    return step


def sequence_infer(network):
    model, x = sequences(network)
    model.eval()

    @torch.inference_mode()
    def answer():
        return model(x)

    return answer


class Epoch:
    """One pass over the shuffled training images a call; the last batch is what is left."""

    def __init__(self, network, folder):
        self.training = Training(network)
        self.batch = network.batch
        self.images, self.labels = mnist(folder, "train")
        self.test_images, self.test_labels = mnist(folder, "t10k")

    def __call__(self):
        order = torch.randperm(len(self.labels))
        for rows in order.split(self.batch):
            self.training.step(self.images[rows], self.labels[rows])

    @torch.inference_mode()
    def score(self):
        answers = self.training.model(self.test_images).argmax(1)
        return (answers == self.test_labels).float().mean().item()


def mnist(folder, part):
    images = read(os.path.join(folder, f"{part}-images-idx3-ubyte.gz"), 16)
    labels = read(os.path.join(folder, f"{part}-labels-idx1-ubyte.gz"), 8)
    return images.view(len(labels), -1).float() / 255, labels.long()


def read(path, header):
    with gzip.open(path) as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=header).copy())


def prepare(kind, arguments):
    if kind == "epoch":
        fields = arguments.split(" ", 6)
        return Epoch(Network(*fields[:6]), fields[6])
    if kind.startswith("conv-"):
        return (convolution_step if kind == "conv-step" else convolution_layer)(*arguments.split())
    if kind in ("sequence-step", "sequence-infer"):
        return (sequence_step if kind == "sequence-step" else sequence_infer)(SequenceNetwork(*arguments.split()))
    if kind.startswith("text-"):
        return text_model.prepare(kind, arguments)
    works = {"step": step, "adam": lambda network: step(network, AdamTraining), "infer": infer}
    if kind not in works:
        raise ValueError(f"PyTorch has no work named '{kind}'")
    return works[kind](Network(*arguments.split()))


torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", torch.get_num_threads())))
serve(f"PyTorch {torch.__version__}", prepare)
