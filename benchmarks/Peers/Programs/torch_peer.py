"""Training steps, inference and epochs on MNIST in PyTorch, in the form that its users write, at its fastest."""

import gzip
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import text_model
from serving import Network, serve


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
    if kind.startswith("text-"):
        return text_model.prepare(kind, arguments)
    works = {"step": step, "adam": lambda network: step(network, AdamTraining), "infer": infer}
    if kind not in works:
        raise ValueError(f"PyTorch has no work named '{kind}'")
    return works[kind](Network(*arguments.split()))


torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", torch.get_num_threads())))
serve(f"PyTorch {torch.__version__}", prepare)
