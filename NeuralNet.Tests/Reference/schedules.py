# Factors of learning rates for ScheduleReferenceTests.cs: python3 schedules.py > schedules.txt. Made with PyTorch 1.13.
import warnings
import torch
from torch.optim.lr_scheduler import *
warnings.filterwarnings("ignore")

def run(name, make, steps, rate=1.0, report=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    schedule = make(optimizer)
    factors = []
    for t in range(steps):
        factors.append(optimizer.param_groups[0]["lr"])
        schedule.step(report[t]) if report else schedule.step()
    print(name, " ".join(repr(f) for f in factors), sep="|")

run("cosine", lambda o: CosineAnnealingLR(o, 10, 0.1), 11)
run("restarts", lambda o: CosineAnnealingWarmRestarts(o, 5, 1, 0.1), 17)
run("growing restarts", lambda o: CosineAnnealingWarmRestarts(o, 3, 2), 30)
run("decay", lambda o: LinearLR(o, 1, 0.25, 8), 12)
run("warm-up", lambda o: LinearLR(o, total_iters=6), 9)
run("slow warm-up", lambda o: LinearLR(o, 0.01, 1, 6), 9)
run("one cycle", lambda o: OneCycleLR(o, 1.0, total_steps=20), 19)
run("late one cycle", lambda o: OneCycleLR(o, 1.0, total_steps=33, pct_start=0.8, div_factor=5, final_div_factor=10), 32)
run("sequence", lambda o: SequentialLR(o, [LinearLR(o, 0.1, 1, 4), ExponentialLR(o, 0.5)], [5]), 12)
run("product", lambda o: ChainedScheduler([LinearLR(o, 0.5, 1, 4), ExponentialLR(o, 0.9)]), 9)
loss = [5, 4, 4.2, 3.9, 3.8996, 3.95, 3.8997, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3.2, 3.1, 3, 2.9999, 2.5, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6]
run("plateau", lambda o: ReduceLROnPlateau(o, factor=0.5, patience=2), len(loss), report=loss)
run("plateau with cooldown", lambda o: ReduceLROnPlateau(o, factor=0.3, patience=1, cooldown=2, min_lr=0.05, threshold=0.05), len(loss), report=loss)
run("plateau of accuracy", lambda o: ReduceLROnPlateau(o, mode="max", factor=0.5, patience=1), len(loss), report=loss)
