# Losses and gradients for LossReferenceTests.cs: python3 losses.py > losses.txt. Needs PyTorch; figures are of 1.13, in double.
# A line: loss | variant | samples, columns, columns of weights | prediction | target | weights | loss | gradient.
# Matrices are row after row; labels of positions are in the order of batches, those of all samples at position 0 first.
import torch
import torch.nn.functional as F

torch.manual_seed(7)
CLASS_WEIGHTS = torch.tensor([0.5, 2.0, 1.0], dtype=torch.double)


def text(values):
    return " ".join(f"{float(v):.15g}" for v in values.reshape(-1))


def short(values):
    return (values * 100).round() / 100


def line(name, variant, prediction, target, weights, loss):
    gradient, = torch.autograd.grad(loss, prediction)
    samples = prediction.shape[0]
    width = 0 if weights is None else weights.numel() // samples
    print(" | ".join((
        name, variant, f"{samples} {prediction.numel() // samples} {width}", text(prediction.detach()), target,
        "" if weights is None else text(weights), repr(float(loss)), text(gradient))))


def reduce(losses, weights, mean, counts=None):
    w = torch.ones_like(losses) if weights is None else weights.expand_as(losses)
    total = (w * losses).sum()
    return total / (w if counts is None else w * counts).sum() if mean else total


def weights_of(samples, columns):
    w = short(torch.rand(samples, columns, dtype=torch.double) * 3)
    w[1, 0] = 0
    return w


def elementwise(name, variant, formula, target, mean=True):
    for width in (0, 1, 2, 4):
        x = short(torch.randn(5, 4, dtype=torch.double) * 2).requires_grad_()
        t = target()
        w = weights_of(5, width) if width else None
        # Column c·P + p: the weights of the positions repeat for each channel.
        full = None if w is None else w.repeat(1, 4 // width) if width > 1 else w
        line(name, variant, x, text(t), w, reduce(formula(x, t), full, mean))


def labelled(name, variant, formula, mean=True, positions=1, class_weights=False, logarithms=False):
    for kind in (0, 1) if positions == 1 else (0, 1, positions):
        x = torch.randn(6, 3, positions, dtype=torch.double) * 2
        x = short(F.log_softmax(x, 1) if logarithms else x).requires_grad_()
        y = torch.randint(0, 3, (6, positions))
        w = weights_of(6, kind) if kind else None
        counts = CLASS_WEIGHTS[y] if class_weights else None
        labels = " ".join(str(int(label)) for label in y.T.reshape(-1))
        line(name, variant, x, labels, w, reduce(formula(x, y), w, mean, counts))


def distributed(name, variant, formula, mean=True, logarithms=False):
    for kind in (0, 1):
        x = torch.randn(5, 4, dtype=torch.double) * 2
        x = short(F.log_softmax(x, 1) if logarithms else x).requires_grad_()
        q = torch.multinomial(torch.ones(5, 4), 20, replacement=True)
        q = torch.stack([(q == j).sum(1) for j in range(4)], 1).double() / 20
        q[0] = torch.tensor([0, 0.25, 0.75, 0])
        w = weights_of(5, kind) if kind else None
        line(name, variant, x, text(q), w, reduce(formula(x, q), None if w is None else w[:, 0], mean))


def numbers():
    return short(torch.randn(5, 4, dtype=torch.double))


def fractions():
    t = short(torch.rand(5, 4, dtype=torch.double))
    t[0] = torch.tensor([0.0, 1.0, 1.0, 0.0])
    return t


def hinge(margin):
    def formula(x, y):
        classes = x.shape[1]
        flat = x.permute(0, 2, 1).reshape(-1, classes)
        # PyTorch takes the mean over the classes.
        return (classes * F.multi_margin_loss(flat, y.reshape(-1), margin=margin, reduction="none")).reshape(y.shape)
    return formula


elementwise("MeanSquaredError", "", lambda x, t: F.mse_loss(x, t, reduction="none"), numbers)
elementwise("SumSquaredError", "", lambda x, t: F.mse_loss(x, t, reduction="none"), numbers, mean=False)
elementwise("MeanAbsoluteError", "", lambda x, t: F.l1_loss(x, t, reduction="none"), numbers)
elementwise("HuberLoss", "", lambda x, t: F.huber_loss(x, t, reduction="none"), numbers)
elementwise("HuberLoss", "delta 0.3", lambda x, t: F.huber_loss(x, t, reduction="none", delta=0.3), numbers)
elementwise("HuberLoss", "sum", lambda x, t: F.huber_loss(x, t, reduction="none"), numbers, mean=False)
bce = F.binary_cross_entropy_with_logits
elementwise("BinaryCrossEntropy", "", lambda x, t: bce(x, t, reduction="none"), fractions)
elementwise("BinaryCrossEntropy", "positive 2.5", lambda x, t: bce(x, t, reduction="none", pos_weight=torch.tensor(2.5)), fractions)
elementwise("BinaryCrossEntropy", "sum", lambda x, t: bce(x, t, reduction="none"), fractions, mean=False)
nll = F.nll_loss
labelled("NegativeLogLikelihood", "", lambda x, y: nll(x, y, reduction="none"), logarithms=True)
labelled("NegativeLogLikelihood", "sum", lambda x, y: nll(x, y, reduction="none"), logarithms=True, mean=False)
labelled("NegativeLogLikelihood", "classes", lambda x, y: nll(x, y, CLASS_WEIGHTS, reduction="none"), logarithms=True, class_weights=True)
labelled("NegativeLogLikelihood", "positions classes", lambda x, y: nll(x, y, CLASS_WEIGHTS, reduction="none"),
         positions=2, logarithms=True, class_weights=True)
labelled("MulticlassHinge", "", hinge(1))
labelled("MulticlassHinge", "margin 0.5", hinge(0.5))
labelled("MulticlassHinge", "sum", hinge(1), mean=False)
labelled("MulticlassHinge", "positions", hinge(1), positions=2)
ce = F.cross_entropy
labelled("SoftmaxCrossEntropy", "", lambda x, y: ce(x, y, reduction="none"))
labelled("SoftmaxCrossEntropy", "sum", lambda x, y: ce(x, y, reduction="none"), mean=False)
labelled("SoftmaxCrossEntropy", "smoothing", lambda x, y: ce(x, y, reduction="none", label_smoothing=0.1))
labelled("SoftmaxCrossEntropy", "classes", lambda x, y: ce(x, y, CLASS_WEIGHTS, reduction="none"), class_weights=True)
labelled("SoftmaxCrossEntropy", "smoothing classes", lambda x, y: ce(x, y, CLASS_WEIGHTS, reduction="none", label_smoothing=0.1), class_weights=True)
labelled("SoftmaxCrossEntropy", "smoothing classes sum", lambda x, y: ce(x, y, CLASS_WEIGHTS, reduction="none", label_smoothing=0.1), mean=False)
labelled("SoftmaxCrossEntropy", "positions", lambda x, y: ce(x, y, reduction="none"), positions=2)
labelled("SoftmaxCrossEntropy", "positions smoothing classes", lambda x, y: ce(x, y, CLASS_WEIGHTS, reduction="none", label_smoothing=0.1),
         positions=2, class_weights=True)
distributed("SoftCrossEntropy", "", lambda x, q: ce(x, q, reduction="none"))
distributed("SoftCrossEntropy", "sum", lambda x, q: ce(x, q, reduction="none"), mean=False)
distributed("KLDivergence", "", lambda x, q: F.kl_div(x, q, reduction="none").sum(1), logarithms=True)
distributed("KLDivergence", "sum", lambda x, q: F.kl_div(x, q, reduction="none").sum(1), mean=False, logarithms=True)

# The same by PyTorch's own means, so that what is called a mean here is what is called one there.
for seed in range(20):
    x = torch.randn(6, 3, dtype=torch.double)
    y = torch.randint(0, 3, (6,))
    ours = reduce(ce(x, y, CLASS_WEIGHTS, reduction="none", label_smoothing=0.1), None, True, CLASS_WEIGHTS[y])
    assert torch.allclose(ours, ce(x, y, CLASS_WEIGHTS, label_smoothing=0.1))
    assert torch.allclose(reduce(nll(x, y, CLASS_WEIGHTS, reduction="none"), None, True, CLASS_WEIGHTS[y]), nll(x, y, CLASS_WEIGHTS))
    q = torch.softmax(torch.randn(6, 3, dtype=torch.double), 1)
    assert torch.allclose(reduce(F.kl_div(x, q, reduction="none").sum(1), None, True), F.kl_div(x, q, reduction="batchmean"))
    assert torch.allclose(reduce(ce(x, q, reduction="none"), None, True), ce(x, q))
