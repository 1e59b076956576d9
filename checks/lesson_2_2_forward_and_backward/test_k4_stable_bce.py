"""2.2.4: loss and derivative, at ordinary logits and far out, in float64 and in float32.

Logits between 20 and 40 in size are left out: there torch's softplus, a good ingredient, rounds
its result to z, which is 2e-9 off at worst. Ordinary logits stay below 3: beyond, a float32 of
log(1 + exp(z)) - z would be mostly rounding.
"""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, shapes, untouched, values

FAR = ((torch.float64, (60.0, 400.0, 800.0)), (torch.float32, (50.0, 100.0, 200.0)))


def _examples(gen: Gen, n: int) -> tuple[Tensor, Tensor]:
    return gen.uniform(-3, 3, n), gen.randint(0, 2, n).double()


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """one loss, and one derivative for each example"""
    for n in (7, 1, 4):
        learner.bce_with_logits(*_examples(gen, n))
        learner.bce_grad(*_examples(gen, n))


@values
def test_worked(learner: Learner) -> None:
    """a probability of 0.99 costs 0.01005, one of 0.01 costs 4.60517"""
    one = torch.tensor([1.0])
    for p in (0.99, 0.01):
        z, want = torch.logit(torch.tensor([p])), -torch.log(torch.tensor(p))
        close(learner.bce_with_logits(z, one), want, f"the loss for p = {p} and label 1")


@values
def test_loss(learner: Learner, gen: Gen) -> None:
    """the loss at ordinary logits"""
    for n in (7, 1, 1, 12, 70):
        z, y = _examples(gen, n)
        close(learner.bce_with_logits(z, y), binary_cross_entropy_with_logits(z, y), "the loss")
        _kept(learner, z)


@values
def test_loss_far_out(learner: Learner) -> None:
    """the loss far out: 0 on the right side, the size of z on the wrong one"""
    for dtype, sizes in FAR:
        places = [(z, y) for size in sizes for z in (size, -size) for y in (0.0, 1.0)]
        pairs = [(torch.tensor([z], dtype=dtype), torch.tensor([y])) for z, y in places]
        found = [learner.bce_with_logits(z, y.to(dtype)) for z, y in pairs]
        for (z, y), loss in zip(pairs, found, strict=True):  # all are asked before one is judged
            want = binary_cross_entropy_with_logits(z.double(), y)
            name = f"the loss of z = {float(z):g} with label {float(y):g}"
            text = f"T{name[1:]} is {float(loss)} instead of {float(want):.6g}."
            # 1 - p is 0 long before an exp overflows.
            why = "naive" if abs(float(z)) == sizes[0] else "exp-overflows"
            require(loss.isfinite(), text, mistake=why)
            close(loss, want, name)
        z = torch.tensor([sizes[2], -sizes[1], -1.5, 0.0, sizes[1]], dtype=dtype)
        y = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0], dtype=dtype)
        want = binary_cross_entropy_with_logits(z.double(), y.double())
        close(learner.bce_with_logits(z, y), want, "the loss of near and far logits together")


@gradients
def test_grad(learner: Learner, gen: Gen) -> None:
    """the derivative at ordinary logits"""
    for n in (7, 1, 12, 70):
        z, y = _examples(gen, n)
        leaf = z.clone().requires_grad_()
        (want,) = torch.autograd.grad(binary_cross_entropy_with_logits(leaf, y), leaf)
        close(learner.bce_grad(z, y), want, "the derivative")
        _kept(learner, z)


@gradients
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after z and y have changed"""
    z, y = _examples(gen, 5)
    for _ in range(2):
        close(learner.bce_with_logits(z, y), binary_cross_entropy_with_logits(z, y), "the loss")
        close(learner.bce_grad(z, y), (torch.sigmoid(z) - y) / 5, "the derivative")
        _kept(learner, z)
        z *= -0.7  # the same tensors, with other numbers in them
        y[:2] = 1 - y[:2]


@gradients
def test_grad_far_out(learner: Learner) -> None:
    """the derivative far out: 0 on the right side, 1/n or -1/n on the wrong one"""
    for dtype, sizes in FAR:
        for size in sizes:
            z = torch.tensor([size, -size, size, -size, -size], dtype=dtype)
            y = torch.tensor([1.0, 0.0, 0.0, 1.0, 0.0], dtype=dtype)
            want = torch.tensor([0.0, 0.0, 0.2, -0.2, 0.0])
            got = learner.bce_grad(z, y)
            # On the right side it is exp(-50) at most, so 1e-15, say, was put there by somebody.
            largest = float(got.detach()[want == 0].abs().max())
            text = f"On the right side of zero the derivative at z = {size:g} is {largest:.3g}"
            require(not 1e-18 < largest < 1e-2, f"{text}; up to exp({-size:g}) it should be 0.")
            close(got, want, f"the derivative at z = {size:g} and {-size:g}")


def _kept(learner: Learner, z: Tensor) -> None:
    untouched(learner)
    text = "After the call the caller's z has requires_grad switched on, or a gradient in .grad."
    require(not z.requires_grad and z.grad is None, text)
