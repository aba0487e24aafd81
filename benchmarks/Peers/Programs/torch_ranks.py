"""A training step of 784-1024-1024-10 by PyTorch's DistributedDataParallel with gloo: ranks, threads of each, samples of the whole batch."""

import os
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as processes
from torch import nn
from torch.nn import functional

WARMUPS, BLOCKS, STEPS = 20, 15, 10


def train(rank, ranks, threads, samples):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10))
    if ranks > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29517")
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        dist.init_process_group("gloo", rank=rank, world_size=ranks)
        model = nn.parallel.DistributedDataParallel(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    own = samples // ranks
    x, y = torch.rand(own, 784), torch.arange(own) % 10

    def step():
        optimizer.zero_grad()
        functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    for _ in range(WARMUPS):
        step()
    times = []
    for _ in range(BLOCKS):
        if ranks > 1:
            dist.barrier()
        began = time.perf_counter()
        for _ in range(STEPS):
            step()
        times.append((time.perf_counter() - began) / STEPS * 1e6)
    if rank == 0:
        print("median", sorted(times)[BLOCKS // 2], flush=True)
    if ranks > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    count, threads, samples = (int(argument) for argument in sys.argv[1:4])
    if count == 1:
        train(0, 1, threads, samples)
    else:
        processes.spawn(train, args=(count, threads, samples), nprocs=count)
