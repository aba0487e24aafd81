# 100 steps of every update rule for OptimizerReferenceTests.cs: python3 optimizers.py > optimizers.txt. Made with PyTorch 1.13.
# w [3x2] is decayed, b [1x2] is not and has no gradient in every third step. Numbers are listed column after column.
import torch
torch.set_default_dtype(torch.float64)
o = torch.optim

def start(count): return torch.tensor([(k * 5 % 7 - 3) / 4 for k in range(count)], requires_grad=True)
def gradient(value, t): return torch.tensor([((7 * t + 3 * i) % 11 - 5) / 10 for i in range(len(value))]) + 0.3 * value.detach()

rules = {
    "SGD": lambda g: o.SGD(g(0), lr=0.1),
    "SGD with decay": lambda g: o.SGD(g(0.05), lr=0.1),
    "SGD with momentum": lambda g: o.SGD(g(0), lr=0.1, momentum=0.9),
    "SGD with momentum and decay": lambda g: o.SGD(g(0.05), lr=0.1, momentum=0.9),
    "SGD with Nesterov": lambda g: o.SGD(g(0), lr=0.1, momentum=0.9, nesterov=True),
    "SGD with Nesterov and decay": lambda g: o.SGD(g(0.05), lr=0.1, momentum=0.9, nesterov=True),
    "AdaGrad": lambda g: o.Adagrad(g(0), lr=0.1),
    "AdaGrad with decay": lambda g: o.Adagrad(g(0.05), lr=0.1, eps=1e-3, initial_accumulator_value=0.2),
    "RMSProp": lambda g: o.RMSprop(g(0), lr=0.1),
    "RMSProp with decay": lambda g: o.RMSprop(g(0.05), lr=0.1, alpha=0.9, eps=1e-3),
    "RMSProp with momentum": lambda g: o.RMSprop(g(0), lr=0.1, alpha=0.9, momentum=0.5),
    "RMSProp with momentum and decay": lambda g: o.RMSprop(g(0.05), lr=0.1, momentum=0.5),
    "Adam": lambda g: o.Adam(g(0), lr=0.1),
    "Adam with decay": lambda g: o.Adam(g(0.05), lr=0.1, betas=(0.8, 0.95), eps=1e-3),
    "AdamW": lambda g: o.AdamW(g(0.1), lr=0.1),
    "AdamW of other settings": lambda g: o.AdamW(g(0.01), lr=0.1, betas=(0.7, 0.9), eps=1e-2),
}
for name, make in rules.items():
    w, b = start(6), start(2)
    rule = make(lambda decay: [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0}])
    for t in range(100):
        w.grad = gradient(w, t)
        b.grad = None if t % 3 == 1 else gradient(b, t)
        rule.step()
    print(name, " ".join(repr(x) for x in w.tolist() + b.tolist()), sep="|")

# A table [4x2], of which a step touches rows t % 4 and (3 t + 1) % 4, which may be the same. eps is next to nothing, since it stands elsewhere in SparseAdam.
table = torch.tensor([[(k * 5 % 7 - 3) / 4 for k in (i, i + 4)] for i in range(4)], requires_grad=True)
rule = o.SparseAdam([table], lr=0.1, eps=1e-30)
for t in range(100):
    rows = [t % 4, (3 * t + 2) % 4]
    values = [[((7 * t + 3 * k + 5 * j) % 11 - 5) / 10 for j in range(2)] for k in range(2)]
    table.grad = torch.sparse_coo_tensor([rows], torch.tensor(values), (4, 2))
    rule.step()
print("lazy", " ".join(repr(x) for x in table.t().flatten().tolist()), sep="|")
