"""Suites of plain pytest, which a warm judge is compared with."""

from pathlib import Path

from dojo.course.catalog import Catalog, Kata


def with_plain_suite(catalog: Catalog) -> list[Kata]:
    """The katas that have one."""
    return [k for k in catalog.katas if k.id in _PLAIN]


def plain_suite(folder: Path, kata: Kata) -> Path:
    """What the suite would be without a wall: it imports the answer and compares."""
    (folder / "answer.py").write_bytes(kata.solution_path.read_bytes())
    suite = folder / f"test_plain_{kata.stem}.py"
    suite.write_text(_PLAIN[kata.id], encoding="utf-8")
    return suite


# Equal suites: the same calls and the same comparisons, with the answer in the suite's process.
_PLAIN = {
    "1.2.2": """
import torch
from answer import line_grads

torch.set_default_dtype(torch.float64)


def data(n):
    x = torch.randn(n, 1) + 1
    return x, 2 * x - 1 + torch.randn(n, 1), torch.randn(1), torch.randn(1)


def test_shapes():
    for n in (7, 1, 12):
        gw, gb = line_grads(*data(n))
        assert gw.shape == gb.shape == (1,)


def test_plain():
    args = data(7)
    copies = [a.clone() for a in args]
    gw, gb = line_grads(*args)
    assert all(map(torch.equal, args, copies))
    assert not gw.requires_grad and not gb.requires_grad


def test_gradients():
    for n in (7, 4, 12, 1):
        x, y, w, b = data(n)
        w.requires_grad_()
        b.requires_grad_()
        want = torch.autograd.grad((x * w + b - y).square().mean(), (w, b))
        got = line_grads(x, y, w.detach(), b.detach())
        for g, v in zip(got, want):
            torch.testing.assert_close(g, v, rtol=1e-10, atol=1e-12)
""",
    "2.3.2": """
import torch
from answer import MlpParams, forward

torch.set_default_dtype(torch.float64)


def params(i, h, o):
    return MlpParams(torch.randn(i, h), torch.randn(h), torch.randn(h, o), torch.randn(o))


def test_shapes():
    for n, i, h, o in ((7, 3, 5, 2), (1, 2, 4, 3)):
        assert forward(torch.randn(n, i), params(i, h, o), torch.tanh).shape == (n, o)


def test_values():
    for act in (torch.tanh, torch.relu, torch.sigmoid):
        x, p = torch.randn(7, 3), params(3, 5, 2)
        want = act(x @ p.w1 + p.b1) @ p.w2 + p.b2
        torch.testing.assert_close(forward(x, p, act), want, rtol=1e-10, atol=1e-12)


def test_gradients():
    x, p = torch.randn(7, 3), params(3, 5, 2)
    leaves = [t.requires_grad_() for t in (p.w1, p.b1, p.w2, p.b2)]
    g = torch.randn(7, 2)
    got = torch.autograd.grad(forward(x, p, torch.tanh), leaves, g)
    want = torch.autograd.grad(torch.tanh(x @ p.w1 + p.b1) @ p.w2 + p.b2, leaves, g)
    for a, b in zip(got, want):
        torch.testing.assert_close(a, b, rtol=1e-10, atol=1e-12)
""",
}
