"""A decoder-only transformer in PyTorch, in the form that its users write: for torch_peer.py."""

import math

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    def __init__(self, width, heads, steps):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.projection, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.register_buffer("hidden", torch.triu(torch.ones(steps, steps, dtype=torch.bool), diagonal=1))

    def attend(self, x, kept):
        n, t, width = x.shape
        q, k, v = (part.view(n, t, self.heads, width // self.heads).transpose(1, 2) for part in self.projection(x).split(width, 2))
        if kept is not None:
            if kept:
                k, v = torch.cat((kept[0], k), 2), torch.cat((kept[1], v), 2)
            kept[:] = [k, v]
        scores = q @ k.transpose(2, 3) / math.sqrt(width // self.heads)
        if t > 1:
            scores = scores.masked_fill(self.hidden[:t, :t], -math.inf)
        return self.out((functional.softmax(scores, 3) @ v).transpose(1, 2).reshape(n, t, width))

    def forward(self, x, kept=None):
        x = x + self.attend(self.norm1(x), kept)
        return x + self.down(functional.gelu(self.up(self.norm2(x))))


class TextModel(nn.Module):
    def __init__(self, vocabulary, width, heads, blocks, steps):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(steps, width)
        self.blocks = nn.ModuleList(Block(width, heads, steps) for _ in range(blocks))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary)

    def forward(self, tokens, first=0, kept=None):
        x = self.tokens(tokens) + self.positions.weight[first:first + tokens.shape[1]]
        for i, block in enumerate(self.blocks):
            x = block(x, None if kept is None else kept[i])
        return self.head(self.norm(x))


def prepare(kind, arguments):
    torch.manual_seed(1)
    vocabulary, width, heads, blocks, steps, batch = (int(word) for word in arguments.split()[1:])
    model = TextModel(vocabulary, width, heads, blocks, steps)
    tokens = torch.randint(vocabulary, (batch, steps))
    if kind == "text-step":
        return training(model, tokens, torch.randint(vocabulary, (batch * steps,)))
    model.eval()
    return torch.inference_mode()(lambda: model(tokens)) if kind == "text-forward" else torch.inference_mode()(lambda: made(model, steps))


def training(model, tokens, labels):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, foreach=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits = model(tokens)
        functional.cross_entropy(logits.view(-1, logits.shape[2]), labels).backward()
        optimizer.step()

    return step


def made(model, steps):
    token, kept = torch.zeros(1, 1, dtype=torch.long), [[] for _ in model.blocks]
    for i in range(steps):
        token = model(token, i, kept)[:, -1].argmax(1, keepdim=True)
