"""The line protocol between the benchmarks program and a peer written in Python.

The peer says `ready VERSION`, then answers each line of its input:

    run MILLISECONDS WORK    ->  ok MEDIAN      median microseconds a run, after a warm-up; 0 ms is one run and no warm-up
    score WORK               ->  ok ACCURACY    of what the runs of that work have trained so far
    anything that fails      ->  error TEXT

WORK is the same text for every peer, such as `step float relu ce 128 784-256-128-10 0.001`.
"""

import gc
import statistics
import sys
import time


class Network:
    """The network that a line of work describes: `float relu ce 128 784-256-10 0.001`."""

    def __init__(self, element, activation, loss, batch, sizes, rate):
        self.element = element
        self.activation = activation
        self.loss = loss
        self.batch = int(batch)
        self.sizes = [int(size) for size in sizes.split("-")]
        self.rate = float(rate)


class SequenceNetwork:
    """The recurrent network that a line of work describes: `float lstm 64 32 32-128-32 0.001`."""

    def __init__(self, element, cell, batch, steps, sizes, rate):
        self.element = element
        self.cell = cell
        self.batch = int(batch)
        self.steps = int(steps)
        self.sizes = [int(size) for size in sizes.split("-")]
        self.rate = float(rate)


def serve(version, prepare):
    """Answers until the input ends. `prepare(kind, arguments)` returns a callable that does the work once."""
    gc.disable()
    print("ready", version, flush=True)
    current, work = None, None
    for line in sys.stdin:
        verb, _, rest = line.strip().partition(" ")
        try:
            budget, _, text = rest.partition(" ") if verb == "run" else ("0", "", rest)
            if text != current:
                current, work = None, None
                kind, _, arguments = text.partition(" ")
                current, work = text, prepare(kind, arguments)
            result = median(work, float(budget) / 1000) if verb == "run" else work.score()
            print(f"ok {result:.9g}", flush=True)
        except Exception as failure:
            print("error", type(failure).__name__, str(failure).replace("\n", " "), flush=True)


def median(work, budget):
    """Median microseconds of one run: a fifth of the budget (in seconds) warms up, the rest is measured."""
    if budget == 0:
        return run(work)
    end = time.perf_counter() + budget / 5
    run(work)
    while time.perf_counter() < end:
        run(work)
    end = time.perf_counter() + budget * 4 / 5
    times = [run(work) for _ in range(3)]
    while time.perf_counter() < end:
        times.append(run(work))
    return statistics.median(times)


def run(work):
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1000
